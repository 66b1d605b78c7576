import { AsnConvert } from '@peculiar/asn1-schema'
import {
  AuthorityKeyIdentifier,
  Certificate,
  id_ce_authorityKeyIdentifier,
  type Extension,
  type Name,
} from '@peculiar/asn1-x509'
import { fromBER, IA5String, Integer, OctetString, PrintableString, Utf8String } from 'asn1js'
import { parseNationalId } from '../../electron/operators/national-id.ts'
import { cardHolder, cardTypes, type CardHolder, type CardType } from './holder.ts'
import { chainOf } from './issuers.ts'
import { professionOf } from './professions.ts'

/** What was to be a card's certificate is none, or says what no certificate can say. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError'
}

/** A card's certificate has 1.2 kB (cryptolib-measured.md §4): what is far longer is none, and is not looked at. */
const maxBytes = 16_384

/** X.520: the attributes of a subject or an issuer that are looked at. */
const attributes = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  organizationalUnit: '2.5.4.11',
  title: '2.5.4.12',
  givenName: '2.5.4.42',
  pseudonym: '2.5.4.65',
} as const

/** The private extensions of the CPx cards, as decoded from certificates of them (cryptolib-cps.md §4). */
const extensions = {
  /** INTEGER, nomenclature G02. */
  cardType: '1.2.250.1.71.1.2.2',
  /** PrintableString: the card issuer's prefix, `/`, the card's number. */
  cardNumber: '1.2.250.1.71.1.2.3',
  /** OCTET STRING, nomenclature G01. */
  category: '1.2.250.1.71.1.2.5',
  /** INTEGER, nomenclature G15. */
  profession: '1.2.250.1.71.1.2.7',
} as const

/** G01: this bit is set for what belongs to the test series. */
const testCategory = 0x80

/**
 * Reads who holds a card from the DER of its authentication certificate. `lastName` is the pseudonym of a service
 * card, which names nobody. What the certificate does not say, or says twice differently, is null. It says what the
 * certificate claims: no signature is verified here. Throws a `CertificateError`, and nothing else, for what is no
 * certificate, is truncated, or has a validity that no certificate can have.
 */
export function readHolder(der: Uint8Array): CardHolder {
  const { subject, issuer, validity, extensions: found = [] } = parse(der).tbsCertificate
  const id = attribute(subject, attributes.commonName)
  const issuerName = attribute(issuer, attributes.commonName)
  const chain = chainOf({
    commonName: issuerName,
    units: valuesOf(issuer, attributes.organizationalUnit),
    keyIdentifier: authorityKey(found),
  })
  const profession = integer(found, extensions.profession)
  const surname = attribute(subject, attributes.surname)
  const holder = cardHolder.safeParse({
    nationalId: id === null ? null : nationalIdOf(id),
    firstName: attribute(subject, attributes.givenName),
    lastName: surname ?? attribute(subject, attributes.pseudonym),
    title: attribute(subject, attributes.title),
    type: typeOf(integer(found, extensions.cardType), issuerName, id, surname !== null),
    cardNumber: cardNumber(found),
    test: isOfTestSeries(found, issuerName),
    profession: profession === null ? null : professionOf(profession),
    validFrom: instant(validity.notBefore.getTime()),
    validUntil: instant(validity.notAfter.getTime()),
    // Without a common name, it is named by all that it says.
    issuer: { name: issuerName ?? valuesOf(issuer).join(', '), chain },
  } satisfies CardHolder)
  if (!holder.success) throw new CertificateError('not a certificate of a card', { cause: holder.error })
  if (Date.parse(holder.data.validFrom) > Date.parse(holder.data.validUntil)) {
    throw new CertificateError('ends before it begins')
  }
  return holder.data
}

function parse(der: Uint8Array): Certificate {
  if (der.byteLength > maxBytes) throw new CertificateError('too long for a certificate')
  try {
    return AsnConvert.parse(der, Certificate)
  } catch (error) {
    throw new CertificateError('not a certificate', { cause: error })
  }
}

/** The values of an attribute, of every one where none is named, in all RDNs: those of cards hold three in one. */
function valuesOf(name: Name, wanted?: string): string[] {
  return name.flatMap((rdn) =>
    rdn.flatMap(({ type, value }) => {
      // What is no character string comes as `anyValue`.
      if ((wanted !== undefined && type !== wanted) || value.anyValue !== undefined) return []
      const text = value.toString().replaceAll(/\p{C}/gu, '').trim()
      return text === '' ? [] : [text]
    }),
  )
}

function attribute(name: Name, type: string): string | null {
  return only(valuesOf(name, type))
}

function only(values: readonly string[]): string | null {
  const [first = null, ...others] = new Set(values)
  return others.length === 0 ? first : null
}

/**
 * A certificate always has the type digit (nomenclature G08), so eleven digits without it are no RPPS. What has a `/`
 * is the id of a structure, then of one of its staff.
 */
function nationalIdOf(commonName: string): CardHolder['nationalId'] {
  return /^8\d{11}$/u.test(commonName) ? parseNationalId(commonName) : { kind: 'other', value: commonName }
}

/** Without its extension, by who issued the certificate and whom it names (cryptolib-cps.md §4). */
function typeOf(
  code: number | null,
  issuer: string | null,
  id: string | null,
  named: boolean,
): CardType | null {
  const told = code === null ? undefined : cardTypes[code]
  if (told !== undefined) return told
  if (id === null) return null
  if (!id.includes('/')) return issuer !== null && /\bFORT PERSONNES$/u.test(issuer) ? 'CPS' : null
  if (issuer !== null && /\bSTANDARD PERSONNES$/u.test(issuer)) return 'CPA'
  if (issuer !== null && /\bELEMENTAIRE PERSONNES$/u.test(issuer)) return 'CPE'
  return named ? 'CPA' : 'CPE'
}

function isOfTestSeries(found: readonly Extension[], issuer: string | null): boolean {
  const value = valueOf(found, extensions.category)
  const category = value instanceof OctetString ? value.valueBlock.valueHexView[0] : undefined
  return ((category ?? 0) & testCategory) !== 0 || (issuer?.startsWith('TEST ') ?? false)
}

function cardNumber(found: readonly Extension[]): string | null {
  const value = valueOf(found, extensions.cardNumber)
  const isText = value instanceof PrintableString || value instanceof Utf8String || value instanceof IA5String
  return isText ? (/^\d+\/(?<number>\d+)$/u.exec(value.getValue())?.groups?.['number'] ?? null) : null
}

/** A code of a nomenclature. */
function integer(found: readonly Extension[], id: string): number | null {
  const value = valueOf(found, id)
  if (!(value instanceof Integer)) return null
  // asn1js gives 0 for an INTEGER of no byte, and for one of four or more.
  const { valueDec, valueHexView } = value.valueBlock
  return valueHexView.byteLength > 0 && valueHexView.byteLength < 4 && valueDec >= 0 ? valueDec : null
}

/** What an extension holds, as the ASN.1 value that it is; null where it is absent or is none. */
function valueOf(found: readonly Extension[], id: string): unknown {
  const extension = found.find(({ extnID }) => extnID === id)
  if (extension === undefined) return null
  try {
    const { offset, result } = fromBER(extension.extnValue.buffer)
    return offset === -1 ? null : result
  } catch {
    // asn1js throws for some values instead, such as a BMPString of an odd length.
    return null
  }
}

function authorityKey(found: readonly Extension[]): string | null {
  const extension = found.find(({ extnID }) => extnID === id_ce_authorityKeyIdentifier)
  if (extension === undefined) return null
  try {
    const { keyIdentifier } = AsnConvert.parse(extension.extnValue.buffer, AuthorityKeyIdentifier)
    return keyIdentifier === undefined
      ? null
      : Buffer.from(keyIdentifier.buffer).toString('hex').toUpperCase()
  } catch {
    // It is there and cannot be read: it is not the key of an authority that we know.
    return ''
  }
}

/** Empty for a date that is none, which the schema then refuses. */
function instant(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}
