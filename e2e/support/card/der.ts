/**
 * Writes DER (ITU-T X.690), so that certificates may be what no library would issue, and so that what reads them is
 * not tried on its own writing.
 */

/** One element: its tag, then its contents in order. */
export function element(tag: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag]), lengthOf(body), body])
}

/** Definite lengths, in as few octets as will do (X.690 §10.1). */
function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const octets = Buffer.from(evenHex(length.toString(16)), 'hex')
  return Buffer.concat([Buffer.from([0x80 | octets.length]), octets])
}

function evenHex(hex: string): string {
  return hex.length % 2 === 0 ? hex : `0${hex}`
}

/** A non-negative integer, given by its octets or as a small number. */
export function integer(value: number | Buffer): Buffer {
  const octets = typeof value === 'number' ? Buffer.from(evenHex(value.toString(16)), 'hex') : value
  const isNegative = ((octets[0] ?? 0) & 0x80) !== 0
  return element(0x02, isNegative ? Buffer.concat([Buffer.from([0]), octets]) : octets)
}

/** An object identifier in dots: two bytes' arcs and over are in base 128 (X.690 §8.19). */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number)
  return element(0x06, ...[first * 40 + second, ...others].map(base128))
}

function base128(arc: number): Buffer {
  const septets = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128))
    septets.unshift((rest % 128) | 0x80)
  return Buffer.from(septets)
}

export function sequence(...items: readonly Buffer[]): Buffer {
  return element(0x30, ...items)
}

/** In the order that DER wants of the items of a SET OF (X.690 §11.6). */
export function setOf(...items: readonly Buffer[]): Buffer {
  return element(0x31, ...items.toSorted((a, b) => Buffer.compare(a, b)))
}

export function utf8String(text: string): Buffer {
  return element(0x0c, Buffer.from(text))
}

export function printableString(text: string): Buffer {
  return element(0x13, Buffer.from(text, 'ascii'))
}

export function octetString(...contents: readonly Buffer[]): Buffer {
  return element(0x04, ...contents)
}

/** `unused`: how many bits at the end mean nothing. */
export function bitString(octets: Buffer, unused = 0): Buffer {
  return element(0x03, Buffer.from([unused]), octets)
}

export const yes = element(0x01, Buffer.from([0xff]))
export const nothing = element(0x05)

/** UTCTime until 2049 and GeneralizedTime from then on (RFC 5280 §4.1.2.5); to the second. */
export function time(moment: Date): Buffer {
  const digits = moment.toISOString().replaceAll(/[-:T]|\.\d+/gu, '')
  return moment.getUTCFullYear() < 2050
    ? element(0x17, Buffer.from(digits.slice(2)))
    : element(0x18, Buffer.from(digits))
}
