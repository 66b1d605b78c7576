import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fuseFaults, readFuses } from './fuses.ts'

/** What stands before the fuses in every Electron (electron/build/fuses/build.py). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

const WANTED = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
}

let folder: string
let executable: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-test-'))
  executable = join(folder, 'comptoir')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A file with the wire of an executable: `0` off, `1` on, `r` removed. */
function withWire(states: string, version = 1): void {
  const head = Buffer.from([version, states.length])
  writeFileSync(
    executable,
    Buffer.concat([Buffer.from(`ELF${SENTINEL}`), head, Buffer.from(states), Buffer.from('.')]),
  )
}

test('fuses that are as they were wanted have no fault', async () => {
  withWire('0100110')
  const readings = await readFuses(executable, WANTED)
  expect(fuseFaults(readings)).toEqual([])
  expect(readings.map(({ name, found }) => `${name} ${found}`)).toEqual([
    'runAsNode off',
    'enableCookieEncryption on',
    'enableNodeOptionsEnvironmentVariable off',
    'enableNodeCliInspectArguments off',
    'enableEmbeddedAsarIntegrityValidation on',
    'onlyLoadAppFromAsar on',
    'loadBrowserProcessSpecificV8Snapshot off',
    'grantFileProtocolExtraPrivileges absent',
  ])
})

test('each fuse that is not as it was wanted is named', async () => {
  withWire('1r001100')
  expect(fuseFaults(await readFuses(executable, WANTED))).toEqual([
    'fuse runAsNode: on instead of off',
    'fuse enableCookieEncryption: removed instead of on',
    'fuse grantFileProtocolExtraPrivileges: off instead of absent',
  ])
})

test('a fuse that the executable does not have is named when it was wanted', async () => {
  withWire('0100110')
  const readings = await readFuses(executable, { ...WANTED, grantFileProtocolExtraPrivileges: false })
  expect(fuseFaults(readings)).toEqual(['fuse grantFileProtocolExtraPrivileges: absent instead of off'])
})

test('a fuse of a later Electron that nobody has thought about is named too', async () => {
  const wanted = { ...WANTED, grantFileProtocolExtraPrivileges: false }
  withWire('010011001')
  expect(fuseFaults(await readFuses(executable, wanted))).toEqual([])
  withWire('0100110000')
  expect(fuseFaults(await readFuses(executable, wanted))).toEqual([
    'fuse wasmTrapHandlers: off instead of on',
    'fuse number 9: off instead of absent',
  ])
})

test('an executable without fuses is no Electron', async () => {
  writeFileSync(executable, 'ELF')
  await expect(readFuses(executable, WANTED)).rejects.toThrow(/fuse/iu)
})
