/** Headers of libraries as the systems have them, without what follows. */

const elfMachines = { ia32: 3, s390x: 22, arm: 40, x64: 62, arm64: 183 } as const

/** `type`: e_type, a shared object unless told. */
export function elf(
  machine: keyof typeof elfMachines,
  {
    type = 3,
    bits = machine === 'ia32' || machine === 'arm' ? 32 : 64,
    bigEndian = false,
  }: { type?: number; bits?: 32 | 64; bigEndian?: boolean } = {},
): Buffer {
  const header = Buffer.alloc(64)
  header.write('\u007FELF', 'latin1')
  header.writeUInt8(bits === 64 ? 2 : 1, 4)
  header.writeUInt8(bigEndian ? 2 : 1, 5)
  for (const [offset, value] of [
    [16, type],
    [18, elfMachines[machine]],
  ] as const) {
    if (bigEndian) header.writeUInt16BE(value, offset)
    else header.writeUInt16LE(value, offset)
  }
  return header
}

const peMachines = { ia32: 0x14c, x64: 0x8664, arm64: 0xaa64 } as const

/** `at`: where the DOS stub says that the PE header is. */
export function pe(
  machine: keyof typeof peMachines,
  { isLibrary = true, at = 128 }: { isLibrary?: boolean; at?: number } = {},
): Buffer {
  const header = Buffer.alloc(512)
  header.write('MZ', 'latin1')
  header.writeUInt32LE(at, 0x3c)
  header.write('PE', 128, 'latin1')
  header.writeUInt16LE(peMachines[machine], 128 + 4)
  header.writeUInt16LE(isLibrary ? 0x2022 : 0x0022, 128 + 22)
  return header
}

const appleCpus = { ia32: 7, x64: 0x01000007, arm64: 0x0100000c } as const
type AppleCpu = keyof typeof appleCpus

/** `type`: filetype, a dynamic library unless told. */
export function machO(machine: AppleCpu, { type = 6 }: { type?: number } = {}): Buffer {
  const header = Buffer.alloc(64)
  header.writeUInt32LE(machine === 'ia32' ? 0xfeedface : 0xfeedfacf, 0)
  header.writeUInt32LE(appleCpus[machine], 4)
  header.writeUInt32LE(type, 12)
  return header
}

/** `wide`: with 64-bit offsets. */
export function universal(machines: readonly AppleCpu[], { wide = false }: { wide?: boolean } = {}): Buffer {
  const entryBytes = wide ? 32 : 20
  const header = Buffer.alloc(8 + machines.length * entryBytes)
  header.writeUInt32BE(wide ? 0xcafebabf : 0xcafebabe, 0)
  header.writeUInt32BE(machines.length, 4)
  machines.forEach((machine, index) => header.writeUInt32BE(appleCpus[machine], 8 + index * entryBytes))
  return header
}
