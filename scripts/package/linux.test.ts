import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { root } from '../bootstrap/places.mjs'
import { readLinuxArguments } from './arguments.ts'
import { distributionOf, pinnedVersion } from './distribution.ts'
import { packageForLinux } from './linux.ts'

let folder: string
let said: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-test-'))
  said = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

/** A program that answers what an Electron of that version answers to `-p process.versions.electron`. */
function electronOf(version: string): string {
  const executable = join(folder, 'electron')
  writeFileSync(executable, `#!/bin/sh\n[ "$ELECTRON_RUN_AS_NODE" = 1 ] && echo ${version}\n`)
  chmodSync(executable, 0o755)
  return executable
}

describe.skipIf(process.platform === 'win32')('the Electron at hand', () => {
  test('is for tests unless it is the pinned one', async () => {
    const pinned = await pinnedVersion()
    expect(await distributionOf(electronOf(pinned))).toMatchObject({ version: pinned, test: false })
    expect(await distributionOf(electronOf('25.1.1'))).toMatchObject({
      version: '25.1.1',
      test: true,
      folder,
    })
  })

  test('makes no release when it is for tests: 69, and nothing is written', async () => {
    vi.stubEnv('COMPTOIR_ELECTRON', electronOf('25.1.1'))
    const out = join(folder, 'out')
    await expect(packageForLinux(['--release', '--out', out])).resolves.toBe(69)
    expect(said).toMatch(/^Electron [\d.]+ is not at hand, and Electron 25\.1\.1 is for tests only: /u)
    expect(existsSync(out)).toBe(false)
  })
})

describe('the words after --linux', () => {
  test('are all optional', () => {
    expect(readLinuxArguments([])).toEqual({
      folderOnly: false,
      release: false,
      testPackage: false,
      version: undefined,
      output: join(root, 'release'),
    })
    expect(readLinuxArguments(['--dir', '--version', '1.2.3-rc.1', '--out', folder])).toEqual({
      folderOnly: true,
      release: false,
      testPackage: false,
      version: '1.2.3-rc.1',
      output: folder,
    })
  })

  test.each([
    [['--sign'], /--sign/u],
    [['rpm'], /rpm/u],
    [['--version', '1.2'], /--version 1\.2: three numbers/u],
    [['--version', '1.2.3+4'], /--version/u],
    [['--release', '--test-package'], /contradict/u],
  ])('%j is refused: 64, with how it is typed', async (args, message) => {
    await expect(packageForLinux(args)).resolves.toBe(64)
    expect(said).toMatch(message)
    expect(said).toContain('npm run package -- --linux [--dir]')
  })
})
