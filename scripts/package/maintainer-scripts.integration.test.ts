import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandIn } from '../../electron/cli/command.ts'
import { mayMount } from '../../electron/storage/testing/mount.ts'

const installer = join(import.meta.dirname, '../../resources/installer/linux')
const mounts = await mayMount()

type Outcome = { readonly code: number | null; readonly out: string; readonly errors: string }

/** Runs a script of sh where /opt is empty and its own: what is of this machine's stays as it is. */
function onMachine(script: string): Outcome {
  const prepared = `set -e
    mount -t tmpfs comptoir-test /opt
    cp ${installer}/* /opt/
    mkdir -m 755 /opt/Comptoir
    ${script}`
  const { status, stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', prepared], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LANG: 'C' },
  })
  return { code: status, out: plain(stdout), errors: plain(stderr) }
}

const plain = (text: string): string => text.replaceAll('\u00A0', ' ')

/** A program that tells what it was given stands for Comptoir. */
const telling = `printf '#!/bin/sh\\nprintf "<%%s>" "$@"\\n' > /opt/Comptoir/comptoir; chmod 755 /opt/Comptoir/comptoir;`
/** A program that lasts. */
const lasting = 'cp /bin/sleep /opt/Comptoir/comptoir;'
const asNobody = 'setpriv --reuid=65534 --regid=65534 --clear-groups'
/** What was started is there once its link says so. */
const untilOpen = 'until readlink /proc/$open/exe | grep -q Comptoir; do sleep 0.02; done;'

describe.runIf(mounts)('/usr/bin/comptoir', () => {
  it.each([
    ['--version'],
    ['--diagnostic', '--json'],
    ['--disable-gpu', '--check-config', '/tmp/un fichier.json'],
    ['secret', 'set', 'a b'],
    ['--lang=fr', 'backup', '*'],
    [''],
  ])('gives %j to the program, as it is', (...words) => {
    const typed = words.map((word) => `'${word}'`).join(' ')
    const told = words.map((word) => `<${word}>`).join('')
    expect(commandIn(['comptoir', ...words], true).length).toBeGreaterThan(0)
    expect(onMachine(`${telling} ${asNobody} /opt/comptoir.sh ${typed}`)).toEqual({
      code: 0,
      out: told,
      errors: '',
    })
    // Root too, for whom Chromium wants a switch more.
    expect(onMachine(`${telling} /opt/comptoir.sh ${typed}`).out).toBe(`<--no-sandbox>${told}`)
  })

  it.each([[[]], [['--lang=fr']], [['--remote-debugging-port=9222']]])(
    'opens windows with %j on a display only',
    (words) => {
      expect(commandIn(['comptoir', ...words], true)).toEqual([])
      const open = `${asNobody} /opt/comptoir.sh ${words.join(' ')}`
      expect(onMachine(`${telling} ${open}`)).toEqual({
        code: 69,
        out: '',
        errors: "Comptoir a besoin d'un écran : ouvrez-le depuis la session graphique du comptoir.\n",
      })
      for (const display of ['DISPLAY=:0', 'WAYLAND_DISPLAY=wayland-0']) {
        expect(onMachine(`${telling} ${display} ${open}`)).toMatchObject({ code: 0, errors: '' })
      }
    },
  )

  it('opens no window for root', () => {
    expect(onMachine(`${telling} DISPLAY=:0 /opt/comptoir.sh`)).toEqual({
      code: 1,
      out: '',
      errors: "Comptoir ne s'ouvre pas sous le compte root : lancez-le depuis la session du comptoir.\n",
    })
  })

  it('lets a crash leave no memory on the disk', () => {
    const limited =
      'printf "#!/bin/sh\\nulimit -c\\n" > /opt/Comptoir/comptoir; chmod 755 /opt/Comptoir/comptoir;'
    expect(onMachine(`${limited} ulimit -c unlimited; DISPLAY=:0 ${asNobody} /opt/comptoir.sh`)).toEqual({
      code: 0,
      out: '0\n',
      errors: '',
    })
  })

  it('ends as the program does', () => {
    const failing =
      'printf "#!/bin/sh\\nexit 78\\n" > /opt/Comptoir/comptoir; chmod 755 /opt/Comptoir/comptoir;'
    expect(onMachine(`${failing} /opt/comptoir.sh --check-config`)).toMatchObject({ code: 78 })
  })
})

const refusedOpen = (user: string, what: string): string =>
  `Comptoir est ouvert sur ce poste (compte : ${user}).\nRien n'a changé. Fermez-le dans toutes les sessions, puis recommencez ${what}.\n`

describe.runIf(mounts)('while Comptoir is open', () => {
  const open = `${lasting} ${asNobody} /opt/Comptoir/comptoir 60 & open=$!; ${untilOpen}`
  const close = 'code=0; wait_for() { "$@" || code=$?; kill $open; exit $code; }; wait_for'

  it.each([
    ['preinst install', "l'installation"],
    ['preinst install 1.0 1.0', "l'installation"],
    ['preinst upgrade 1.0 1.1', "l'installation"],
    ['prerm remove', 'la désinstallation'],
    ['prerm remove in-favour comptoir-essai 1.0', 'la désinstallation'],
  ])('%s is refused', (words, what) => {
    expect(onMachine(`${open} ${close} /opt/${words}`)).toEqual({
      code: 1,
      out: '',
      errors: refusedOpen('nobody', what),
    })
  })

  it.each(['prerm upgrade 1.1', 'prerm failed-upgrade 1.0', 'preinst abort-upgrade 1.1'])(
    '%s is not',
    (words) => {
      expect(onMachine(`${open} ${close} /opt/${words}`)).toEqual({ code: 0, out: '', errors: '' })
    },
  )

  it('is refused even when its file was replaced or taken away meanwhile', () => {
    const replace = 'rm /opt/Comptoir/comptoir; cp /bin/true /opt/Comptoir/comptoir;'
    expect(onMachine(`${open} ${replace} ${close} /opt/preinst install`)).toMatchObject({ code: 1 })
    // As dpkg does: the old file has this name until the new ones are all there.
    const unpack =
      'cd /opt/Comptoir; mv comptoir comptoir.dpkg-tmp; cp /bin/true comptoir; rm comptoir.dpkg-tmp;'
    expect(onMachine(`${open} ${unpack} ${close} /opt/preinst upgrade 1 2`)).toMatchObject({ code: 1 })
  })

  it('of another root, which has the same name for another file, goes on', () => {
    const otherRoot = `mkdir -p /opt/root/opt/Comptoir; cp /bin/sleep /opt/root/opt/Comptoir/comptoir; cp /opt/preinst /opt/root/;
      for d in usr etc proc dev; do mkdir /opt/root/$d; mount --rbind /$d /opt/root/$d; done
      for l in bin lib lib64 sbin; do ln -s usr/$l /opt/root/$l; done;`
    const fromInside = `${open} ${otherRoot} chroot /opt/root readlink /proc/$open/exe; ${close} chroot /opt/root /preinst install`
    // There its name is no other than here: only the root tells them apart.
    expect(onMachine(fromInside)).toEqual({ code: 0, out: '/opt/Comptoir/comptoir\n', errors: '' })
    const inside = `${otherRoot} chroot /opt/root /opt/Comptoir/comptoir 60 & open=$!; ${untilOpen}`
    expect(onMachine(`${inside} ${close} /opt/preinst install`)).toEqual({ code: 0, out: '', errors: '' })
    expect(onMachine(`${inside} ${close} chroot /opt/root /preinst install`)).toMatchObject({ code: 1 })
  })
})

describe.runIf(mounts)('preinst', () => {
  it.each([
    'install',
    'install 2.0 1.0',
    'upgrade 1.0 1.0',
    'upgrade 1.0 1.1',
    'upgrade 1.9 1.10',
    'upgrade 1.0~essai1 1.0',
  ])('%s goes on', (words) => {
    expect(onMachine(`/opt/preinst ${words}`)).toEqual({ code: 0, out: '', errors: '' })
  })

  it.each([
    ['1.1', '1.0'],
    ['1.10', '1.9'],
    ['1.0', '1.0~essai1'],
  ])('refuses to put %s back to %s, and says how', (old, given) => {
    const { code, out, errors } = onMachine(`/opt/preinst upgrade ${old} ${given}`)
    expect([code, out]).toEqual([1, ''])
    expect(errors).toContain(
      `La version ${old} de Comptoir, plus récente que la ${given}, est installée sur ce poste.`,
    )
    expect(errors).toContain('« comptoir restore »')
  })

  it.each([3, 1024])('asks for room: %d Mo where there are two', (needed) => {
    const small = `mount -t tmpfs -o size=2m small /opt/Comptoir; mkdir /opt/ci; cp /opt/preinst /opt/ci/;
      printf 'Package: comptoir\\nInstalled-Size: ${needed * 1024}\\n' > /opt/ci/control;`
    const { code, errors } = onMachine(`${small} /opt/ci/preinst install`)
    expect(code).toBe(1)
    expect(errors).toContain(`${needed + 1} Mo sont nécessaires, 2 Mo sont libres`)
  })

  it('goes on where there is room', () => {
    const room = `mkdir /opt/ci; cp /opt/preinst /opt/ci/; printf 'Installed-Size: 1024\\n' > /opt/ci/control;`
    expect(onMachine(`${room} /opt/ci/preinst install`)).toEqual({ code: 0, out: '', errors: '' })
  })
})

/** Where settings and data are the test's own, and dpkg knows that package in that state. */
const whereKnown = (name: string, status: string): string =>
  `for d in /etc /var/lib; do mount -t tmpfs comptoir-test $d; mkdir $d/comptoir; echo > $d/comptoir/file; done
  mkdir -p /opt/dpkg/updates; export DPKG_ADMINDIR=/opt/dpkg
  printf 'Package: ${name}\nStatus: ${status}\nMaintainer: C <c@example.invalid>\nArchitecture: all\nVersion: 1\nDescription: d\n' > /opt/dpkg/status
  purge() { DPKG_MAINTSCRIPT_PACKAGE=$1 /opt/postrm purge >/dev/null; ls -d /etc/comptoir /var/lib/comptoir 2>/dev/null || true; };`

describe.runIf(mounts)('postrm purge', () => {
  const both = '/etc/comptoir\n/var/lib/comptoir\n'

  it.each(['comptoir', 'comptoir-essai'])('of %s takes settings and data away', (name) => {
    const known = whereKnown(name, 'purge ok config-files')
    expect(onMachine(`${known} purge ${name}`)).toEqual({ code: 0, out: '', errors: '' })
    // Asked again, it does no less.
    expect(onMachine(`${known} purge ${name}; purge ${name}`)).toEqual({ code: 0, out: '', errors: '' })
  })

  it.each([
    ['comptoir-essai', 'comptoir', 'install ok installed'],
    ['comptoir-essai', 'comptoir', 'deinstall ok config-files'],
    ['comptoir', 'comptoir-essai', 'install ok installed'],
  ])('of %s leaves them to %s (%s)', (name, other, status) => {
    expect(onMachine(`${whereKnown(other, status)} purge ${name}`)).toEqual({
      code: 0,
      out: both,
      errors: '',
    })
  })

  it('follows no link, and says what stays', () => {
    const moved =
      'mv /var/lib/comptoir /opt/données; ln -s /opt/données /var/lib/comptoir; ln -s /opt/Comptoir /etc/comptoir/link;'
    const { out, errors } = onMachine(
      `${whereKnown('comptoir', 'purge ok config-files')} ${moved} purge comptoir; ls -d /opt/données/file /opt/Comptoir`,
    )
    expect(out).toBe('/opt/Comptoir\n/opt/données/file\n')
    expect(errors).toBe('/var/lib/comptoir est un lien : le dossier /opt/données reste en place.\n')
  })

  it('goes into no disk that is mounted there', () => {
    const disk =
      'mkdir /var/lib/comptoir/d; mount -t tmpfs disk /var/lib/comptoir/d; echo > /var/lib/comptoir/d/kept;'
    const { out, errors } = onMachine(
      `${whereKnown('comptoir', 'purge ok config-files')} ${disk} purge comptoir; find /var/lib/comptoir -type f`,
    )
    expect(out).toBe('/var/lib/comptoir\n/var/lib/comptoir/d/kept\n')
    expect(errors).toContain("n'a pas pu être supprimée")
  })
})

describe.runIf(mounts)('each script', () => {
  it.each(['preinst', 'postinst', 'prerm', 'postrm'])('%s refuses what it does not know', (name) => {
    expect(onMachine(`/opt/${name} autrement`)).toEqual({
      code: 1,
      out: '',
      errors: `${name} : argument inconnu : autrement\n`,
    })
  })

  it.each([
    'postinst abort-upgrade 1.1',
    'postinst abort-remove',
    'postinst abort-remove in-favour comptoir-essai 1.0',
    'postinst abort-deconfigure in-favour comptoir-essai 1.0',
    'prerm deconfigure in-favour comptoir-essai 1.0',
    'postrm upgrade 1.1',
    'postrm failed-upgrade 1.0',
    'postrm abort-install',
    'postrm abort-upgrade 1.0 1.1',
  ])('does nothing as « %s »', (words) => {
    expect(onMachine(`/opt/${words}`)).toEqual({ code: 0, out: '', errors: '' })
  })

  it('finds an open program as the other one does', () => {
    const [asked, taken] = ['preinst', 'prerm'].map(
      (name) =>
        /^# The accounts for which[\s\S]*?^\}$/mu.exec(readFileSync(join(installer, name), 'utf8'))?.[0],
    )
    expect(asked).toMatch(/readlink/u)
    expect(taken).toBe(asked)
  })
})
