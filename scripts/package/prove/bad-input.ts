import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { aptOptions } from './debian.ts'
import { openDesk } from './desk.ts'
import { tryToInstall, type Deb } from './install.ts'
import { team, titulaire, verifyJournal } from './people.ts'
import { comptoir, endProgram, executable, linesOf, processesOf, settingsFile } from './program.ts'
import type { Proof } from './proof.ts'
import type { Root } from './root.ts'
import { launcher, startProgram, type Pictures } from './story.ts'
import { plain } from './told.ts'

/** What nobody should do, and what this machine may lack, in a root where people work: nothing of theirs is lost. */
export async function proveBadInput(
  proof: Proof,
  root: Root,
  debs: { now: Deb; older: Deb },
  picture: Pictures,
) {
  const { that } = proof
  const people = await team(root)
  await proveOpen(proof, root, debs.now, picture)
  await proveOlder(proof, root, debs)
  await proveSettings(proof, root, debs.now, picture)
  await proveOptions(proof, root)
  await proveNoScreen(proof, root)
  await proveNoKeyring(proof, root)
  await that('after all that, the operators and the journal are whole', async () => {
    assert.deepEqual(await team(root), people)
    await verifyJournal(root)
  })
}

async function proveOpen({ that, note }: Proof, root: Root, deb: Deb, picture: Pictures): Promise<void> {
  const desk = await openDesk(root, 'officine')
  try {
    startProgram(root, desk)
    await desk.seen(launcher)
    const main = async () => (await processesOf(root)).find(({ type }) => type === 'browser')?.pid
    const before = await main()
    const goesOn = async (): Promise<void> => {
      assert.equal(await main(), before)
      assert.equal(await desk.sees(launcher), true)
      assert.equal(await root.must(['dpkg', '-V', deb.name]), '')
      assert.match(await root.must(['dpkg', '-s', deb.name]), /^Status: install ok installed$/mu)
    }
    const refusal = /Comptoir est ouvert sur ce poste \(compte : officine\)\./u
    await that(
      'while it is open, an installation over it is refused: for whom is said, and it goes on',
      async () => {
        const { code, said } = await tryToInstall(root, deb, '--reinstall')
        note(said.split('\n').find((line) => refusal.test(plain(line))) ?? 'nothing is said of it')
        assert.notEqual(code, 0)
        assert.match(plain(said), refusal)
        await goesOn()
        await picture(desk, 'goes-on')
      },
    )
    await that('… and so is its removal', async () => {
      const { code, out, errors } = await root.run(['apt-get', '-qy', 'remove', deb.name], aptOptions)
      assert.notEqual(code, 0)
      assert.match(plain(out + errors), refusal)
      await goesOn()
    })
  } finally {
    await endProgram(root)
    await desk.close()
  }
}

async function proveOlder(
  { that, note }: Proof,
  root: Root,
  { now, older }: { now: Deb; older: Deb },
): Promise<void> {
  await that('an older version is not installed over a newer one, and the way back is said', async () => {
    const { code, said } = await tryToInstall(root, older, '--allow-downgrades')
    note(said.split('\n').find((line) => line.includes('plus récente')) ?? 'nothing is said of it')
    assert.notEqual(code, 0)
    assert.match(said, /plus récente que la /u)
    assert.match(said, /comptoir restore/u)
    assert.equal(await root.must(['dpkg-query', '-W', '-f', '${Version}', now.name]), now.version)
    assert.equal(await root.must(['dpkg', '-V', now.name]), '')
  })
}

async function proveSettings({ that, note }: Proof, root: Root, deb: Deb, picture: Pictures): Promise<void> {
  const before = await readFile(root.path(settingsFile), 'utf8')
  const faulty = '{ "pharmacy": { "name": 5 }, "session": { "maxHours": 0 }, "modules": {}, "psk": 1 }'
  await writeFile(root.path(settingsFile), faulty)
  const check = () => comptoir(root, ['--check-config'], { user: 'officine' })
  await that('of faulty settings, --check-config tells each fault on its line (78)', async () => {
    const { code, errors } = await check()
    const lines = linesOf(errors)
    for (const line of lines) note(line)
    assert.equal(code, 78)
    for (const place of ['pharmacy.name', 'session.maxHours', 'modules', 'psk'])
      assert.ok(
        lines.some((line) => line.includes(place)),
        `${place} is not named`,
      )
  })
  await that('with them it opens a window that tells them, and ends with 78', async () => {
    const desk = await openDesk(root, 'officine')
    try {
      const running = startProgram(root, desk)
      await desk.seen('Réglages à corriger')
      await desk.says('Réglages à corriger', 'session.maxHours')
      await picture(desk, 'faulty-settings')
      await desk.key('Escape')
      assert.equal((await running.ended).code, 78)
    } finally {
      await endProgram(root)
      await desk.close()
    }
  })
  await that(
    'an installation over faulty settings is complete, and says that they are to be corrected',
    async () => {
      const { code, said } = await tryToInstall(root, deb, '--reinstall')
      assert.equal(code, 0, said.split('\n').slice(-12).join('\n'))
      assert.match(said, /Corrigez comptoir\.json avant/u)
      assert.equal(await readFile(root.path(settingsFile), 'utf8'), faulty)
    },
  )
  await that('settings of an older version, with less in them, are right', async () => {
    await writeFile(root.path(settingsFile), '{ "pharmacy": { "name": "PHARMACIE DU TEST" }, "modules": [] }')
    assert.equal((await check()).code, 0)
  })
  await writeFile(root.path(settingsFile), before)
}

async function proveOptions({ that, note }: Proof, root: Root): Promise<void> {
  const looks = () => root.must(['sh', '-c', 'cd /etc/comptoir && ls -la && md5sum *'])
  await that('comptoir prepare with bad options tells each on its line (64) and writes nothing', async () => {
    const before = await looks()
    const told = await comptoir(root, ['prepare', '--host', 'https://a b', '--finess', '12', '--phone', 'x'])
    const lines = linesOf(told.errors)
    for (const line of lines) note(line)
    assert.equal(told.code, 64)
    for (const option of ['--host', '--finess', '--phone'])
      assert.equal(lines.filter((line) => line.startsWith(option)).length, 1, option)
    assert.equal(lines.length, 3)
    const unknown = await comptoir(root, ['prepare', '--serveur', 'x'])
    assert.equal(unknown.code, 64)
    assert.equal(await looks(), before)
  })
  await that('… and asks for an administrator', async () => {
    const told = await comptoir(root, ['prepare'], { user: 'officine' })
    assert.equal(told.code, 1)
    assert.match(told.errors, /administrateur/u)
  })
  await that('… and says that the disk is full (74)', async () => {
    await root.must(['mount', '-t', 'tmpfs', '-o', 'size=4k', 'small', '/etc/comptoir'])
    const told = await comptoir(root, ['prepare'])
    await root.must(['umount', '/etc/comptoir'])
    note(linesOf(told.errors).join(' '))
    assert.equal(told.code, 74)
    assert.match(told.errors, /plein/u)
  })
}

async function proveNoScreen({ that, note }: Proof, root: Root): Promise<void> {
  const alone = async (user: 'officine' | 'root', code: number): Promise<void> => {
    const told = await root.run(['comptoir'], { user, seconds: 20 })
    const lines = linesOf(told.errors)
    note(lines.join(' '))
    assert.equal(told.code, code)
    assert.equal(lines.length, 1)
  }
  await that('without a display it says so in one line (69)', () => alone('officine', 69))
  await that('root does not open it (1)', () => alone('root', 1))
}

async function proveNoKeyring({ that, note }: Proof, root: Root): Promise<void> {
  const service = '/usr/share/dbus-1/services/org.freedesktop.secrets.service'
  const secret = 'ne-s-ecrit-nulle-part'
  const opens = async (): Promise<void> => {
    const desk = await openDesk(root, 'officine', { keyring: false })
    try {
      startProgram(root, desk)
      await desk.seen(launcher)
      await desk.says(launcher, 'Aucun opérateur connecté')
      const words = ['secret', 'set', 'psc.clientSecret']
      const input = `${titulaire.code}\n${titulaire.password}\n${secret}\n`
      const told = await comptoir(root, words, { user: 'officine', env: desk.env, input })
      note(linesOf(told.errors).join(' '))
      assert.equal(told.code, 69)
      assert.match(told.errors, /trousseau/u)
      const places = ['/etc/comptoir', '/var/lib/comptoir', '/home', '/tmp']
      assert.equal((await root.run(['grep', '-rl', secret, ...places])).out, '')
    } finally {
      await endProgram(root)
      await desk.close()
    }
  }
  await that('with a keyring that nobody has opened, it opens, and a secret is refused', opens)
  await that('without a keyring too', async () => {
    await root.must(['mv', service, '/root/'])
    await opens()
    await root.must(['mv', `/root/${service.split('/').at(-1) ?? ''}`, service])
  })
  await that('its executable is the installed one all along', async () => {
    assert.equal((await root.must(['readlink', '-f', executable])).trim(), executable)
  })
}
