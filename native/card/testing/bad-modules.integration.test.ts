import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  badFile,
  badModule,
  directoryInstead,
  type BadFile,
  type BadModule,
} from '../../../e2e/support/card/bad-modules.ts'
import { load, type Ending } from './loaded.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-modules-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const said = (said: RegExp): Ending => ({ kind: 'exited', code: 0, said: expect.stringMatching(said) })

test.each<[BadModule, Ending]>([
  ['not-pkcs11', said(/undefined symbol: C_GetFunctionList/u)],
  ['function-list-fails', said(/CKR_GENERAL_ERROR/u)],
  ['initialize-segfaults', { kind: 'crashed', signal: 'SIGSEGV' }],
  ['initialize-aborts', { kind: 'crashed', signal: 'SIGABRT' }],
  ['initialize-exits', { kind: 'exited', code: 3, said: '' }],
  ['initialize-hangs', { kind: 'hung' }],
  ['slot-list-hangs', { kind: 'hung' }],
  ['initialize-general-error', said(/^CKR_GENERAL_ERROR 5$/u)],
  ['initialize-vendor-error', said(/^CKR_VENDOR_DEFINED 80000001$/u)],
])('a module: %s', async (name, ending) => {
  expect(await load(await badModule(name))).toEqual(ending)
})

test.each<[BadFile, RegExp]>([
  ['text', /file too short|invalid ELF header/u],
  ['empty', /file too short/u],
  ['elf-32', /wrong ELF class: ELFCLASS32/u],
  ['elf-arm64', /cannot open shared object file|ELF/u],
  ['elf-truncated', /file too short/u],
  ['pe-x64', /invalid ELF header/u],
  ['mach-o-universal', /file too short|invalid ELF header/u],
])('a file: %s', async (name, error) => {
  expect(await load(await badFile(folder, name))).toEqual(said(error))
})

test('a directory', async () => {
  expect(await load(await directoryInstead(folder))).toEqual(said(/Is a directory|cannot read file data/u))
})
