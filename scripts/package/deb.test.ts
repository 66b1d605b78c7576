import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isOnPath, run } from '../bootstrap/command.mjs'
import { readFpmArguments, writeDeb } from './deb.ts'

const DATE = 1_700_000_000

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What electron-builder 26 gives to fpm for a deb. */
function asElectronBuilder(...more: string[]): string[] {
  const words = [
    '-s dir --force -t deb -d libnss3 --deb-recommends pcscd --deb-compression xz --architecture amd64',
    `--after-install ${folder}/its-postinst --after-remove ${folder}/its-postrm --version 1.2.3`,
    `--package ${folder}/out.deb --name comptoir --vendor C --url https://example.invalid --category misc`,
    '--deb-priority optional --license MIT',
  ]
  return [
    ...words.flatMap((line) => line.split(' ')),
    '-d',
    'libgtk-3-0t64 | libgtk-3-0',
    '--maintainer',
    'C <c@example.invalid>',
    '--description',
    'Poste\n Ligne une.\n\nLigne trois.',
    ...more,
  ]
}

describe('the arguments of fpm', () => {
  test('become the fields of a control file', () => {
    expect(readFpmArguments(asElectronBuilder('--conflicts', 'other')).fields).toEqual([
      ['Package', 'comptoir'],
      ['Version', '1.2.3'],
      ['Architecture', 'amd64'],
      ['Maintainer', 'C <c@example.invalid>'],
      ['Depends', 'libnss3, libgtk-3-0t64 | libgtk-3-0'],
      ['Recommends', 'pcscd'],
      ['Conflicts', 'other'],
      ['Section', 'misc'],
      ['Priority', 'optional'],
      ['Homepage', 'https://example.invalid'],
      ['Description', 'Poste\n Ligne une.\n .\n Ligne trois.'],
    ])
  })

  test('of electron-builder.yml come after those of electron-builder and win', () => {
    const { scripts } = readFpmArguments(asElectronBuilder('--after-install=ours', '--before-install=first'))
    expect(scripts).toEqual({ postinst: 'ours', preinst: 'first', postrm: join(folder, 'its-postrm') })
  })

  test('give a source and a destination, which follows the last equals sign', () => {
    expect(readFpmArguments(asElectronBuilder('/a=b/=/opt/C')).content).toEqual([
      { from: '/a=b/', to: '/opt/C' },
    ])
  })

  test.each([
    ['one that is not known', ['--prefix', '/usr'], /--prefix/u],
    ['a file without a destination', ['/a'], /^\/a: a source and a destination/u],
    ['another kind of package', ['-t', 'rpm'], /only as a deb/u],
    ['an empty version', ['--version', ''], /--version is missing/u],
  ])('are refused: %s', (_, more, message) => {
    expect(() => readFpmArguments(asElectronBuilder(...more))).toThrow(message)
  })
})

/** Makes a package of the files of a test; resolves to its path. */
async function write(): Promise<string> {
  const args = asElectronBuilder(
    '--exclude=/opt/Comptoir/unwanted',
    `${folder}/app/=/opt/Comptoir`,
    `${folder}/comptoir.conf=/etc/comptoir/comptoir.conf`,
  )
  await writeDeb(readFpmArguments(args), DATE)
  return join(folder, 'out.deb')
}

describe.runIf(isOnPath('dpkg-deb'))('a package', () => {
  beforeEach(() => {
    for (const [name, mode] of [
      ['app/program', 0o700],
      ['app/locales/fr.pak', 0o600],
      ['app/chrome-sandbox', 0o4755],
      ['app/unwanted', 0o644],
      ['comptoir.conf', 0o664],
      ['its-postinst', 0o644],
      ['its-postrm', 0o644],
    ] as const) {
      mkdirSync(join(folder, name, '..'), { recursive: true })
      writeFileSync(join(folder, name), `${name}\n`)
      chmodSync(join(folder, name), mode)
    }
    symlinkSync('program', join(folder, 'app/link'))
  })

  test('belongs to root, with modes that owe nothing to the builder', async () => {
    const listed = await run('dpkg-deb', ['--contents', await write()], {
      env: { ...process.env, TZ: 'UTC' },
    })
    const lines = listed.trim().split('\n')
    expect(lines.map((line) => line.replace(/\s+\d+ 2023-11-14 22:13/u, ''))).toEqual([
      'drwxr-xr-x root/root ./',
      'drwxr-xr-x root/root ./etc/',
      'drwxr-xr-x root/root ./etc/comptoir/',
      '-rw-r--r-- root/root ./etc/comptoir/comptoir.conf',
      'drwxr-xr-x root/root ./opt/',
      'drwxr-xr-x root/root ./opt/Comptoir/',
      '-rwsr-xr-x root/root ./opt/Comptoir/chrome-sandbox',
      'drwxr-xr-x root/root ./opt/Comptoir/locales/',
      '-rw-r--r-- root/root ./opt/Comptoir/locales/fr.pak',
      '-rwxr-xr-x root/root ./opt/Comptoir/program',
      // dpkg-deb puts links after what they may point to.
      'lrwxrwxrwx root/root ./opt/Comptoir/link -> program',
    ])
  })

  test('holds scripts that run, sums that fit, its configuration files and its size', async () => {
    const unpacked = join(folder, 'unpacked')
    await run('dpkg-deb', ['--raw-extract', await write(), unpacked])
    const control = (name: string) => readFileSync(join(unpacked, 'DEBIAN', name), 'utf8')
    await run('test', ['-x', join(unpacked, 'DEBIAN/postinst'), '-a', '-x', join(unpacked, 'DEBIAN/postrm')])
    await expect(run('md5sum', ['--strict', '--check', 'DEBIAN/md5sums'], { cwd: unpacked })).resolves.toBe(
      [
        'etc/comptoir/comptoir.conf',
        'opt/Comptoir/chrome-sandbox',
        'opt/Comptoir/locales/fr.pak',
        'opt/Comptoir/program',
      ]
        .map((name) => `${name}: OK\n`)
        .join(''),
    )
    expect(control('conffiles')).toBe('/etc/comptoir/comptoir.conf\n')
    // Four files of less than a KiB, a link, five folders.
    expect(control('control')).toMatch(/^Installed-Size: 10$/mu)
    expect(control('control')).toContain('\nDescription: Poste\n Ligne une.\n .\n Ligne trois.\n')
  })

  test('is the same to the byte when it is made again', async () => {
    const first = readFileSync(await write())
    // Another day, and a builder who gives nothing to others.
    writeFileSync(join(folder, 'app/program'), 'app/program\n')
    const usual = process.umask(0o077)
    try {
      expect(readFileSync(await write()).equals(first)).toBe(true)
    } finally {
      process.umask(usual)
    }
  })

  test('is not made when what to leave out is not there', async () => {
    const args = asElectronBuilder('--exclude=/opt/Comptoir/nothing', `${folder}/app/=/opt/Comptoir`)
    await expect(writeDeb(readFpmArguments(args), DATE)).rejects.toThrow(/nothing/u)
  })
})
