/** A command of ISO/IEC 7816-4 §5, short form; the class's channel is of no consequence here. */
export type Command = {
  readonly ins: number
  readonly p1: number
  readonly p2: number
  readonly data: Buffer
  /** How much is asked for at most. */
  readonly expected: number
}

/** Status words (ISO/IEC 7816-4 §5.6 and 7816-3). */
export const status = {
  ok: 0x9000,
  wrongLength: 0x6700,
  blocked: 0x6983,
  notAllowed: 0x6986,
  fileNotFound: 0x6a82,
  dataNotFound: 0x6a88,
  wrongOffset: 0x6b00,
  unknownInstruction: 0x6d00,
} as const

/** 63Cx: that many tries are left. */
export function triesLeft(count: number): number {
  return 0x63c0 | count
}

/** @returns null when it is no command of the short form */
export function parseCommand(bytes: Buffer): Command | null {
  const [, ins, p1, p2, p3 = 0] = bytes
  if (ins === undefined || p1 === undefined || p2 === undefined) return null
  const head = { ins, p1, p2 }
  if (bytes.length <= 5) return { ...head, data: Buffer.alloc(0), expected: expectedFrom(p3) }
  const data = bytes.subarray(5, 5 + p3)
  if (data.length < p3 || bytes.length > 6 + p3) return null
  return { ...head, data, expected: expectedFrom(bytes[5 + p3] ?? 0) }
}

/** What the card sends back. */
export function answer(code: number, data: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([data, Buffer.of(code >> 8, code & 0xff)])
}

function expectedFrom(le: number): number {
  return le === 0 ? 256 : le
}
