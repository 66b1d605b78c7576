import * as der from '../der.ts'

// The directory files of PKCS #15 v1.1 (ISO/IEC 7816-15): what is on a card, and where. Names and references that only
// a real card could tell are plausible ones (cryptolib-measured.md §9 and §10).

/** One certificate, with the private key that goes with it. */
export type CertificateEntry = {
  readonly label: string
  readonly keyLabel: string
  /** CKA_ID of both. */
  readonly id: Buffer
  /** By which commands name the key. */
  readonly keyReference: number
  /** PKCS #15 §6.3: `nonRepudiation` is what tells the signature key. */
  readonly usage: 'sign' | 'non-repudiation'
  readonly path: Buffer
}

/** EF(ODF): where the other directory files are. A card without a code has none of `codes`. */
export function objectDirectory(paths: { keys: Buffer; certificates: Buffer; codes?: Buffer }): Buffer {
  return Buffer.concat([
    der.element(0xa0, pathOf(paths.keys)),
    der.element(0xa4, pathOf(paths.certificates)),
    ...(paths.codes === undefined ? [] : [der.element(0xa8, pathOf(paths.codes))]),
  ])
}

/** EF(TokenInfo): what the card says of itself. */
export function tokenInfo(token: { label: string; serial: Buffer; manufacturer: string }): Buffer {
  const loginRequired = 1
  return der.sequence(
    der.integer(0),
    der.octetString(token.serial),
    der.utf8String(token.manufacturer),
    der.element(0x80, Buffer.from(token.label)),
    bits(loginRequired),
  )
}

/** EF(AODF): the code, of 4 to 8 digits. */
export function codes(pin: { label: string; reference: number; path: Buffer }): Buffer {
  const [local, initialized] = [1, 4]
  const asciiNumeric = Buffer.of(1)
  const padding = Buffer.of(0)
  return der.sequence(
    common(pin.label),
    der.sequence(der.octetString(codeId)),
    der.element(
      0xa1,
      der.sequence(
        bits(local, initialized),
        der.element(0x0a, asciiNumeric),
        der.integer(4),
        der.integer(8),
        der.integer(8),
        der.element(0x80, Buffer.of(pin.reference)),
        der.octetString(padding),
        pathOf(pin.path),
      ),
    ),
  )
}

/** EF(PrKDF): the private keys, seen and used only with the code. */
export function privateKeys(entries: readonly CertificateEntry[], application: Buffer): Buffer {
  const usages = { sign: 2, 'non-repudiation': 9 }
  const [sensitive, alwaysSensitive, neverExtractable] = [0, 2, 3]
  return Buffer.concat(
    entries.map(({ keyLabel, id, usage, keyReference }) =>
      der.sequence(
        common(keyLabel, codeId),
        der.sequence(
          der.octetString(id),
          bits(usages[usage]),
          bits(sensitive, alwaysSensitive, neverExtractable),
          der.integer(keyReference),
        ),
        der.element(0xa1, der.sequence(pathOf(application), der.integer(2048))),
      ),
    ),
  )
}

/** EF(CDF): the certificates, which anybody may read. */
export function certificates(entries: readonly CertificateEntry[]): Buffer {
  return Buffer.concat(
    entries.map(({ label, id, path }) =>
      der.sequence(
        common(label),
        der.sequence(der.octetString(id)),
        der.element(0xa1, der.sequence(pathOf(path))),
      ),
    ),
  )
}

const codeId = Buffer.of(1)

function pathOf(path: Buffer): Buffer {
  return der.sequence(der.octetString(path))
}

/** CommonObjectAttributes; what is tied to a code is private. */
function common(label: string, authenticatedBy?: Buffer): Buffer {
  if (authenticatedBy === undefined) return der.sequence(der.utf8String(label))
  const isPrivate = 0
  return der.sequence(der.utf8String(label), bits(isPrivate), der.octetString(authenticatedBy))
}

/** Named bits, the first being bit 0 (X.690 §11.2.2: no trailing zero). At least one. */
function bits(...named: readonly number[]): Buffer {
  const last = Math.max(...named)
  const octets = Buffer.alloc(Math.floor(last / 8) + 1)
  for (const bit of named) {
    const index = Math.floor(bit / 8)
    octets[index] = (octets[index] ?? 0) | (0x80 >> (bit % 8))
  }
  return der.bitString(octets, 7 - (last % 8))
}
