import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inspectLibrary, judge, type Loader } from './binary-file.ts'
import { elf, machO, pe, universal } from './testing/binaries.ts'

// A share that does not answer, and nothing anywhere else.
vi.mock('node:fs/promises', () => ({
  stat: (path: string) =>
    path.startsWith('\\\\serveur')
      ? new Promise(() => {})
      : Promise.reject(Object.assign(new Error('none'), { code: 'ENOENT' })),
  open: () => Promise.reject(new Error('not to be opened')),
}))

const linux: Loader = { platform: 'linux', arch: 'x64' }
const windows: Loader = { platform: 'win32', arch: 'x64' }
const mac: Loader = { platform: 'darwin', arch: 'x64' }
const on = (loader: Loader, arch: string): Loader => ({ ...loader, arch })
const library = { kind: 'library', bits: 64 }
const of32 = { kind: '32-bit' }
const other = { kind: 'other-architecture' }
const none = { kind: 'not-a-library' }

describe('a library by its header', () => {
  it.each<[string, Buffer, Loader, object]>([
    ['ELF for x64', elf('x64'), linux, library],
    ['ELF for arm64, in an arm64 process', elf('arm64'), on(linux, 'arm64'), library],
    ['ELF for x86', elf('ia32'), linux, of32],
    ['ELF for x86, in an arm64 process', elf('ia32'), on(linux, 'arm64'), other],
    ['ELF for x86, in an x86 process', elf('ia32'), on(linux, 'ia32'), { kind: 'library', bits: 32 }],
    ['ELF for arm64', elf('arm64'), linux, other],
    ['ELF for arm, of 32 bits too', elf('arm'), linux, other],
    ['ELF of the x32 ABI', elf('x64', { bits: 32 }), linux, other],
    ['ELF of another processor', elf('s390x', { bigEndian: true }), linux, other],
    ['a program', elf('x64', { type: 2 }), linux, none],
    ['an object file', elf('x64', { type: 1 }), linux, none],
    ['ELF on Windows', elf('x64'), windows, none],

    ['DLL for x64', pe('x64'), windows, library],
    ['DLL for x86', pe('ia32'), windows, of32],
    ['DLL for x86, in an x86 process', pe('ia32'), on(windows, 'ia32'), { kind: 'library', bits: 32 }],
    ['DLL for x64, in an x86 process', pe('x64'), on(windows, 'ia32'), other],
    ['DLL for x64, in an arm64 process', pe('x64'), on(windows, 'arm64'), other],
    ['DLL for x86, in an arm64 process', pe('ia32'), on(windows, 'arm64'), other],
    ['DLL for arm64', pe('arm64'), windows, other],
    ['a program of Windows', pe('x64', { isLibrary: false }), windows, none],
    ['a program of DOS', pe('x64').subarray(0, 64), windows, none],
    ['a PE header far away', pe('x64', { at: 0x7fff_0000 }), windows, none],
    ['DLL on Linux', pe('x64'), linux, none],

    ['dylib for x64', machO('x64'), mac, library],
    ['dylib for arm64', machO('arm64'), on(mac, 'arm64'), library],
    ['a bundle', machO('x64', { type: 8 }), mac, library],
    ['dylib for x64, in an arm64 process', machO('x64'), on(mac, 'arm64'), other],
    ['dylib for x86', machO('ia32'), mac, of32],
    ['a program of macOS', machO('x64', { type: 2 }), mac, none],
    ['universal, in an x64 process', universal(['x64', 'arm64']), mac, library],
    ['universal, in an arm64 process', universal(['x64', 'arm64']), on(mac, 'arm64'), library],
    ['universal with 64-bit offsets', universal(['x64', 'arm64'], { wide: true }), on(mac, 'arm64'), library],
    ['universal, of old', universal(['ia32', 'x64']), on(mac, 'arm64'), of32],
    ['a Java class', Buffer.concat([Buffer.from('cafebabe00000034', 'hex'), Buffer.alloc(4000)]), mac, none],
    ['universal of nothing', Buffer.from('cafebabe00000000', 'hex'), mac, none],

    ['nothing', Buffer.alloc(0), linux, none],
    ['a letter', Buffer.from('M'), windows, none],
    ['a text', Buffer.from('INPUT(-lcps3_pkcs11_lux)\n'), linux, none],
    ['a text that begins like a DLL', Buffer.from('MZ'), windows, none],
  ])('%s', (_, header, loader, expected) => {
    expect(judge(header, loader)).toEqual(expected)
  })

  it.each([
    ['ELF', elf('x64').subarray(0, 20), linux],
    ['PE', pe('x64').subarray(0, 128 + 24), windows],
    ['Mach-O', machO('x64').subarray(0, 16), mac],
    ['universal', universal(['x64', 'arm64']).subarray(0, 8 + 24), mac],
  ])('is none where it is cut short: %s', (_, header, loader) => {
    expect(judge(header, loader)).toEqual(library)
    for (let length = 0; length < header.length; length++) {
      expect(judge(header.subarray(0, length), loader)).toEqual(none)
    }
  })
})

describe('the search for a file', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('leaves nothing behind', async () => {
    expect(await inspectLibrary('C:\\cps3_pkcs11_w64.dll', windows)).toEqual({ kind: 'missing' })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('ends after 3 s on a share that does not answer', async () => {
    const told = vi.fn<(file: object) => void>()
    void inspectLibrary('\\\\serveur\\cps\\cps3_pkcs11_w64.dll', windows).then(told)
    await vi.advanceTimersByTimeAsync(2999)
    expect(told).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(told).toHaveBeenCalledWith({ kind: 'unreadable' })
  })
})
