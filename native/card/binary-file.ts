import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { UnusableReason } from './states.ts'

/** The process that is to load a library: `process.platform` and `process.arch`. */
export type Loader = { readonly platform: string; readonly arch: string }

export type LibraryFile =
  | { readonly kind: 'library'; readonly bits: 32 | 64 }
  | { readonly kind: 'missing' }
  /** A library of 32 bits, whose sibling of 64 bits would do. */
  | { readonly kind: '32-bit' }
  | { readonly kind: UnusableFile }
type UnusableFile = Extract<
  UnusableReason,
  'unreadable' | 'directory' | 'not-a-library' | 'other-architecture'
>

/** All that is looked at lies in the first page, the PE header behind its DOS stub included. */
const headerBytes = 4096
/** A file on a share that does not answer is unreadable, rather than looked for without end. In milliseconds. */
const patienceMs = 3000

/**
 * What the file of a PKCS#11 library is, before it is loaded: the errors of `load()` carry no code. Links are followed.
 * Never rejects, never blocks: what is no regular file, such as a FIFO, is not opened.
 */
export async function inspectLibrary(path: string, loader: Loader): Promise<LibraryFile> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<LibraryFile>((resolve) => {
    timer = setTimeout(resolve, patienceMs, { kind: 'unreadable' })
  })
  const found = await Promise.race([inspect(path, loader), late])
  clearTimeout(timer)
  return found
}

async function inspect(path: string, loader: Loader): Promise<LibraryFile> {
  try {
    const status = await stat(path)
    if (status.isDirectory()) return { kind: 'directory' }
    if (!status.isFile()) return { kind: 'not-a-library' }
    return judge(await readHeader(path), loader)
  } catch (error) {
    return { kind: isMissing(error) ? 'missing' : 'unreadable' }
  }
}

async function readHeader(path: string): Promise<Buffer> {
  // Without waiting, should a FIFO have taken its place; Windows knows no such flag.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** A dangling link is missing too, and so is a path that no file can have. */
function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'].includes(String(code))
}

type Machine = 'x64' | 'ia32' | 'arm64' | 'arm' | 'other'
type Image = { readonly system: 'elf' | 'pe' | 'mach-o'; readonly machines: readonly Machine[] }

/**
 * What a header says to a process that wants to load the file. Pure. A program of Linux that may lie anywhere in memory
 * has the header of a library: only loading tells it.
 */
export function judge(header: Buffer, { platform, arch }: Loader): LibraryFile {
  const image = imageOf(header)
  if (image === null || image.system !== systemOf(platform)) return { kind: 'not-a-library' }
  if (image.machines.some((machine) => machine === arch)) {
    return { kind: 'library', bits: arch === 'ia32' || arch === 'arm' ? 32 : 64 }
  }
  // An ARM64 process of Windows or Linux has no sibling to load either: none is shipped (cryptolib-cps.md §1).
  const hasSibling = arch === 'x64' || platform === 'darwin'
  return { kind: hasSibling && image.machines.includes('ia32') ? '32-bit' : 'other-architecture' }
}

function systemOf(platform: string): Image['system'] {
  if (platform === 'win32') return 'pe'
  return platform === 'darwin' ? 'mach-o' : 'elf'
}

/** The shared library that a file begins like; null for a program, an object file, or anything else. */
function imageOf(header: Buffer): Image | null {
  try {
    return elf(header) ?? portableExecutable(header) ?? machO(header)
  } catch (error) {
    // The header is cut short.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** System V ABI, chapter 4: identification, e_type, e_machine. */
function elf(header: Buffer): Image | null {
  if (header.length < 4 || header.readUInt32BE(0) !== 0x7f454c46) return null
  const littleEndian = header.readUInt8(5) === 1
  const read = (offset: number) => (littleEndian ? header.readUInt16LE(offset) : header.readUInt16BE(offset))
  const sharedObject = 3
  if (read(16) !== sharedObject) return null
  const machine = machineOf(read(18), { ia32: 3, arm: 40, x64: 62, arm64: 183 })
  // The x32 ABI: the 64-bit processor with 32-bit addresses, which a 64-bit process does not load.
  const is64 = header.readUInt8(4) === 2
  return { system: 'elf', machines: [machine === 'x64' && !is64 ? 'other' : machine] }
}

/** Microsoft, « PE Format »: offset 0x3c, the signature, the COFF header's Machine and Characteristics. */
function portableExecutable(header: Buffer): Image | null {
  if (header.length < 2 || header.readUInt16BE(0) !== 0x4d5a) return null
  const start = header.readUInt32LE(0x3c)
  if (header.readUInt32BE(start) !== 0x50450000) return null
  const isLibrary = (header.readUInt16LE(start + 22) & 0x2000) !== 0
  if (!isLibrary) return null
  const machine = machineOf(header.readUInt16LE(start + 4), {
    ia32: 0x14c,
    arm: 0x1c4,
    x64: 0x8664,
    arm64: 0xaa64,
  })
  return { system: 'pe', machines: [machine] }
}

/** <mach-o/loader.h> and <mach-o/fat.h>: one image, or a universal file's list of them. */
function machO(header: Buffer): Image | null {
  if (header.length < 4) return null
  switch (header.readUInt32BE(0)) {
    case 0xcefaedfe:
    case 0xcffaedfe: {
      const [dynamicLibrary, bundle] = [6, 8]
      const type = header.readUInt32LE(12)
      if (type !== dynamicLibrary && type !== bundle) return null
      return { system: 'mach-o', machines: [appleMachine(header.readUInt32LE(4))] }
    }
    case 0xcafebabe:
    case 0xcafebabf: {
      const entryBytes = header.readUInt32BE(0) === 0xcafebabe ? 20 : 32
      const count = header.readUInt32BE(4)
      // A Java class begins alike, and has its version there, 45 or more.
      if (count === 0 || count >= 45) return null
      const machines = Array.from({ length: count }, (_, index) =>
        appleMachine(header.readUInt32BE(8 + index * entryBytes)),
      )
      return { system: 'mach-o', machines }
    }
    default:
      return null
  }
}

function appleMachine(cpu: number): Machine {
  return machineOf(cpu, { ia32: 7, arm: 12, x64: 0x01000007, arm64: 0x0100000c })
}

function machineOf(code: number, codes: Record<Exclude<Machine, 'other'>, number>): Machine {
  const known = ['x64', 'ia32', 'arm64', 'arm'] as const
  return known.find((machine) => codes[machine] === code) ?? 'other'
}
