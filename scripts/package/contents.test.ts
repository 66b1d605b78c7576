import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createPackageWithOptions } from '@electron/asar'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { contentFaults, readArchive, strayFaults } from './contents.ts'

/** What a package holds that is as it should be, one file of each kind. */
const SOUND = {
  'package.json': '{}',
  'dist/components.json': '[]',
  'dist/main/main.cjs': 'main',
  'dist/preload/launcher.cjs': 'preload',
  'dist/renderer/launcher/index.html': '<!doctype html>',
  'dist/renderer/assets/inter-latin.woff2': 'font',
  'node_modules/better-sqlite3/lib/methods/wrappers.js': 'js',
  'node_modules/better-sqlite3/prebuilds/linux-x64.node': 'elf',
  'node_modules/pkcs11js/build/Release/pkcs11.node': 'elf',
  'node_modules/keytar/LICENSE.md': 'MIT',
  'node_modules/keytar/prebuilds/linux-x64/keytar.node': 'elf',
  'node_modules/@pcsc-mini/linux-x86_64-gnu/addon.node': 'elf',
  'node_modules/@node-rs/argon2-linux-x64-gnu/argon2.linux-x64-gnu.node': 'elf',
}

let folder: string
let archive: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-test-'))
  archive = join(folder, 'app.asar')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, 'app', name)), { recursive: true })
    writeFileSync(join(folder, 'app', name), content)
  }
}

async function faults(files: Readonly<Record<string, string>>, unpack = '*.node'): Promise<string[]> {
  write(files)
  await createPackageWithOptions(join(folder, 'app'), archive, { unpack })
  const read = readArchive(archive)
  return [...contentFaults(read, ['/home/builder/comptoir']), ...(await strayFaults(archive, read))]
}

describe('an archive', () => {
  test('as it should be has no fault', async () => {
    await expect(faults(SOUND)).resolves.toEqual([])
  })

  test.each([
    ['a source', 'dist/main/main.ts', '', 'dist/main/main.ts: has no place in the archive'],
    ['a map', 'dist/main/main.cjs.map', '', 'dist/main/main.cjs.map: has no place in the archive'],
    ['a test', 'e2e/a.spec.ts', '', 'e2e/a.spec.ts: has no place in the archive'],
    [
      'another package',
      'node_modules/jose/index.js',
      '',
      'node_modules/jose/index.js: has no place in the archive',
    ],
    [
      'the simulator',
      'dist/main/a.cjs',
      'require("oidc-provider")',
      'dist/main/a.cjs: holds “oidc-provider”',
    ],
    [
      'a link to a map',
      'dist/main/a.cjs',
      '//# sourceMappingURL=a',
      'dist/main/a.cjs: holds “sourceMappingURL=”',
    ],
    [
      'a path',
      'dist/main/a.cjs',
      '/home/builder/comptoir/x',
      'dist/main/a.cjs: tells “/home/builder/comptoir”',
    ],
    [
      'another addon',
      'node_modules/keytar/prebuilds/win32-x64/keytar.node',
      '',
      'keytar: 2 addons instead of one',
    ],
  ])('that holds %s is refused', async (_, path, content, fault) => {
    await expect(faults({ ...SOUND, [path]: content })).resolves.toEqual([fault])
  })

  test('without an addon is refused', async () => {
    const { 'node_modules/pkcs11js/build/Release/pkcs11.node': _addon, ...others } = SOUND
    await expect(faults(others)).resolves.toEqual(['pkcs11js: 0 addons instead of one'])
  })

  test('with a script outside of it is refused: nothing vouches for that one', async () => {
    await expect(faults(SOUND, '{*.node,wrappers.js}')).resolves.toEqual([
      'node_modules/better-sqlite3/lib/methods/wrappers.js: outside the archive',
    ])
  })

  test('with an addon inside of it is refused: the system loads files only', async () => {
    await expect(faults(SOUND, '{pkcs11,keytar,addon,argon2*}.node')).resolves.toEqual([
      'node_modules/better-sqlite3/prebuilds/linux-x64.node: inside the archive',
    ])
  })

  test('with a file beside it that it does not know is refused', async () => {
    await faults(SOUND)
    writeFileSync(`${archive}.unpacked/node_modules/stray.js`, '')
    await expect(strayFaults(archive, readArchive(archive))).resolves.toEqual([
      'node_modules/stray.js: beside the archive without being of it',
    ])
  })

  test('with a link in it is refused', async () => {
    write(SOUND)
    symlinkSync('main.cjs', join(folder, 'app/dist/main/link.cjs'))
    await expect(faults(SOUND)).rejects.toThrow('dist/main/link.cjs is a link')
  })
})
