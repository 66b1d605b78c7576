import { createHash, createPublicKey, sign, type KeyObject } from 'node:crypto'
import * as der from './der.ts'

/** One RDN: several attributes make it multi-valued, as the last one of a CPS is (cryptolib-cps.md §4). */
export type Rdn = Partial<Record<Attribute, string>>
export type Name = readonly Rdn[]

export type Extension = { readonly oid: string; readonly critical?: boolean; readonly value: Buffer }

export type Certificate = {
  readonly serial: Buffer
  readonly issuer: Name
  readonly subject: Name
  readonly validity: Validity
  readonly extensions: readonly Extension[]
}

export type Validity = { readonly from: Date; readonly until: Date }

const attributes = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  country: '2.5.4.6',
  locality: '2.5.4.7',
  state: '2.5.4.8',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  title: '2.5.4.12',
  givenName: '2.5.4.42',
  pseudonym: '2.5.4.65',
} as const
type Attribute = keyof typeof attributes

const sha256WithRsa = der.sequence(der.oid('1.2.840.113549.1.1.11'), der.nothing)

/** The X.509 v3 certificate (RFC 5280 §4.1) that this key signs for that one, in DER. */
export function issue(certificate: Certificate, holder: KeyObject, authority: KeyObject): Buffer {
  const { serial, issuer, subject, validity, extensions } = certificate
  const signed = der.sequence(
    der.element(0xa0, der.integer(2)),
    der.integer(serial),
    sha256WithRsa,
    encodeName(issuer),
    der.sequence(der.time(validity.from), der.time(validity.until)),
    encodeName(subject),
    createPublicKey(holder).export({ type: 'spki', format: 'der' }),
    der.element(0xa3, der.sequence(...extensions.map(encodeExtension))),
  )
  return der.sequence(signed, sha256WithRsa, der.bitString(sign('sha256', signed, authority)))
}

/** A name in DER: countries are printable strings (RFC 5280 §4.1.2.4), all else is UTF-8. */
export function encodeName(name: Name): Buffer {
  return der.sequence(
    ...name.map((rdn) =>
      der.setOf(
        ...Object.entries(attributes).flatMap(([attribute, id]) => {
          const text = Object.entries(rdn).find(([key]) => key === attribute)?.[1]
          if (text === undefined) return []
          const value = attribute === 'country' ? der.printableString(text) : der.utf8String(text)
          return [der.sequence(der.oid(id), value)]
        }),
      ),
    ),
  )
}

function encodeExtension({ oid, critical = false, value }: Extension): Buffer {
  return der.sequence(der.oid(oid), ...(critical ? [der.yes] : []), der.octetString(value))
}

/** What identifies a key (RFC 5280 §4.2.1.2, method 1). */
export function keyIdentifier(key: KeyObject): Buffer {
  const pkcs1 = createPublicKey(key).export({ type: 'pkcs1', format: 'der' })
  return createHash('sha1').update(pkcs1).digest()
}
