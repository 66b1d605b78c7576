import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compile } from './compile.ts'

/** Modules that can be loaded, each wrong in its way; bad-modules.c knows them by these numbers. */
const loadable = {
  /** No C_GetFunctionList. */
  'not-pkcs11': 1,
  'function-list-fails': 2,
  'initialize-segfaults': 3,
  'initialize-aborts': 4,
  /** With 3. */
  'initialize-exits': 5,
  'initialize-hangs': 6,
  'slot-list-hangs': 7,
  'initialize-general-error': 8,
  /** 0x80000001, which pkcs11js names CKR_VENDOR_DEFINED. */
  'initialize-vendor-error': 9,
} as const
export type BadModule = keyof typeof loadable

/** The path of a module that is wrong in this way: shared between tests, not to be changed. */
export function badModule(name: BadModule): Promise<string> {
  return compile(`${name}.so`, ['bad-modules.c'], [`BAD=${loadable[name]}`])
}

/** What stands where a module is expected: by name, the first octets, then zeros. */
const headers = {
  text: Buffer.from('Cryptolib CPS\n'),
  empty: Buffer.alloc(0),
  'elf-32': elf({ bits: 32, machine: 0x03 }),
  'elf-x64': elf({ bits: 64, machine: 0x3e }),
  'elf-arm64': elf({ bits: 64, machine: 0xb7 }),
  'pe-32': portableExecutable(0x01_4c),
  'pe-x64': portableExecutable(0x86_64),
  'pe-arm64': portableExecutable(0xaa_64),
  'mach-o-x64': machO(0x01_00_00_07),
  'mach-o-arm64': machO(0x01_00_00_0c),
  /** As Cryptolib is for macOS: both in one file. */
  'mach-o-universal': universal([0x01_00_00_07, 0x01_00_00_0c]),
  /** Begins as an ELF and ends at once. */
  'elf-truncated': elf({ bits: 64, machine: 0x3e }).subarray(0, 6),
} as const satisfies Record<string, Buffer>
export type BadFile = keyof typeof headers

/** Writes a file that no loader of Linux x64 takes, as far as its headers go, and returns its path. */
export async function badFile(folder: string, name: BadFile): Promise<string> {
  const path = join(folder, `${name}.so`)
  await writeFile(path, headers[name])
  return path
}

/** A folder where the module is expected. */
export async function directoryInstead(folder: string): Promise<string> {
  const path = join(folder, 'directory.so')
  await mkdir(path)
  return path
}

/** The header of a little-endian shared object (System V ABI, ELF header). */
function elf({ bits, machine }: { readonly bits: 32 | 64; readonly machine: number }): Buffer {
  const header = Buffer.alloc(bits === 32 ? 52 : 64)
  header.write('\u007fELF', 'latin1')
  header.set([bits === 32 ? 1 : 2, 1, 1], 4)
  header.writeUInt16LE(3, 16)
  header.writeUInt16LE(machine, 18)
  header.writeUInt32LE(1, 20)
  header.writeUInt16LE(header.length, bits === 32 ? 40 : 52)
  // Loaders read that much before they look at it.
  return Buffer.concat([header, Buffer.alloc(4096)])
}

/** The DOS header, and the COFF header that it points at (Microsoft, PE Format). */
function portableExecutable(machine: number): Buffer {
  const signature = 0x80
  const file = Buffer.alloc(512)
  file.write('MZ', 'latin1')
  file.writeUInt32LE(signature, 0x3c)
  file.write('PE\0\0', signature, 'latin1')
  file.writeUInt16LE(machine, signature + 4)
  // Executable image, DLL.
  file.writeUInt16LE(0x20_02, signature + 22)
  return file
}

/** mach_header_64 of a dynamic library (mach-o/loader.h). */
function machO(cpuType: number): Buffer {
  const header = Buffer.alloc(32)
  header.writeUInt32LE(0xfe_ed_fa_cf, 0)
  header.writeUInt32LE(cpuType, 4)
  header.writeUInt32LE(6, 12)
  return header
}

/** fat_header and a fat_arch for each (mach-o/fat.h): big-endian. */
function universal(cpuTypes: readonly number[]): Buffer {
  const file = Buffer.alloc(8 + 20 * cpuTypes.length)
  file.writeUInt32BE(0xca_fe_ba_be, 0)
  file.writeUInt32BE(cpuTypes.length, 4)
  cpuTypes.forEach((cpuType, index) => file.writeUInt32BE(cpuType, 8 + 20 * index))
  return file
}
