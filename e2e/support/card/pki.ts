import { createHash, createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cached } from '../../../scripts/bootstrap/places.mjs'
import { encodeName, issue, keyIdentifier, type Extension, type Name, type Validity } from './certificates.ts'
import * as der from './der.ts'
import { profiles, type Profile, type ProfileName } from './profiles.ts'

export type { ProfileName } from './profiles.ts'

/** A certificate and its key, as they lie on a card. */
export type CardCertificate = {
  readonly label: string
  readonly keyLabel: string
  /** CKA_ID: pairs a certificate and its key. */
  readonly id: Buffer
  readonly der: Buffer
  /** The subject in DER, which CKA_SUBJECT repeats. */
  readonly subject: Buffer
}

/** A card of the test PKI, for whichever simulation. */
export type IssuedCard = {
  readonly profile: ProfileName
  /** The token's label. */
  readonly label: string
  /** The number that is printed on it. */
  readonly number: string
  /** `serialNumber` of CK_TOKEN_INFO: the first eight digits of the number (cryptolib-measured.md §8). */
  readonly serial: string
  readonly model: string
  readonly contactless: boolean
  readonly pin: string
  /** The authentication certificate; of a contactless card, the only one. */
  readonly certificateDer: Buffer
  /** One key pair serves all certificates of all cards. */
  readonly privateKeyPkcs8: Buffer
  readonly certificates: readonly CardCertificate[]
}

export type Issuing = {
  /** `real`: named as the production PKI names its cards; `test` unless told. */
  readonly series?: 'test' | 'real'
  /** A year ago to two years from now unless told. */
  readonly validity?: Validity
  /** Which key of the authority signs, by its identifier: the test PKI's own unless told. */
  readonly authorityKeyIdentifier?: Buffer
}

type Usage = 'authentication' | 'signature' | 'technical'

/** Arc of the private extensions (cryptolib-cps.md §4). */
const arc = '1.2.250.1.71.1.2'
const dayMs = 24 * 3_600_000
const keyFile = { holder: 'holder.pem', authority: 'authority.pem' } as const

/** Labels, key labels and CKA_ID (cryptolib-cps.md §3, cryptolib-measured.md §10). */
const objects = {
  authentication: {
    label: "Certificat d'Authentification CPS",
    keyLabel: 'CPS_PRIV_AUT',
    id: Buffer.from('43505320', 'hex'),
  },
  signature: {
    label: 'Certificat de Signature CPS',
    keyLabel: 'CPS_PRIV_SIG',
    id: Buffer.from('43505310', 'hex'),
  },
  technical: {
    label: 'Certificat Technique CPS',
    keyLabel: 'CPS_PRIV_TECH_AUT',
    id: Buffer.from('43505330', 'hex'),
  },
} as const satisfies Record<Usage, Partial<CardCertificate>>

/** Issues a card of this profile. The same profile issued for the same validity is the same card, octet for octet. */
export async function makeCard(name: ProfileName, issuing: Issuing = {}): Promise<IssuedCard> {
  const profile: Profile = profiles[name]
  const keys = await (keysOfThisProcess ??= readKeys())
  const usages: readonly Usage[] = profile.contactless ? ['technical'] : ['authentication', 'signature']
  const certificates = usages.map((usage) => certify(profile, usage, issuing, keys))
  const [first] = certificates
  if (first === undefined) throw new Error(`${name} has no certificate`)
  return {
    profile: name,
    label: profile.label,
    number: profile.number,
    serial: profile.number.slice(0, 8),
    // A CPS4 says so too (cryptolib-measured.md §9).
    model: 'IAS ECC',
    contactless: profile.contactless,
    pin: '1234',
    certificateDer: first.der,
    privateKeyPkcs8: keys.holder.export({ type: 'pkcs8', format: 'der' }),
    certificates,
  }
}

/** A validity that ends so many days from now, negative ones ago, after three years. */
export function endingIn(days: number): Validity {
  const until = atMidnight(days)
  return { from: new Date(until.getTime() - 3 * 365 * dayMs), until }
}

/** To the day, so that cards issued on one day are the same. */
function atMidnight(daysFromNow: number): Date {
  return new Date((Math.floor(Date.now() / dayMs) + daysFromNow) * dayMs)
}

/** The name of the authority that issues cards of this profile. */
export function authorityOf({ authority }: Pick<Profile, 'authority'>, series: 'test' | 'real'): Name {
  return [
    { country: 'FR' },
    { organization: 'ASIP-SANTE' },
    { organizationalUnit: '0002 187512751' },
    { organizationalUnit: series === 'test' ? 'IGC-SANTE TEST' : 'IGC-SANTE' },
    { commonName: series === 'test' ? `TEST ${authority}` : authority },
  ]
}

function certify(profile: Profile, usage: Usage, issuing: Issuing, keys: Keys): CardCertificate {
  const { series = 'test', validity = { from: atMidnight(-365), until: atMidnight(730) } } = issuing
  const { authorityKeyIdentifier = keyIdentifier(keys.authority) } = issuing
  const made = issue(
    {
      serial: serialOf(profile, usage, validity),
      issuer: authorityOf(profile, series),
      subject: profile.subject,
      validity,
      extensions: [
        { oid: '2.5.29.35', value: der.sequence(der.element(0x80, authorityKeyIdentifier)) },
        ...usageOf(usage),
        { oid: `${arc}.2`, value: der.integer(profile.type) },
        { oid: `${arc}.3`, value: der.printableString(`8025000001/${profile.number}`) },
        { oid: `${arc}.5`, value: der.octetString(Buffer.from([series === 'test' ? 0x80 : 0x00])) },
        ...professionOf(profile),
      ],
    },
    keys.holder,
    keys.authority,
  )
  return { ...objects[usage], der: made, subject: encodeName(profile.subject) }
}

function serialOf({ label }: Profile, usage: Usage, { until }: Validity): Buffer {
  return createHash('sha256').update(`${label} ${usage} ${until.toISOString()}`).digest().subarray(0, 16)
}

function usageOf(usage: Usage): Extension[] {
  const keyUsage = '2.5.29.15'
  const extendedKeyUsage = '2.5.29.37'
  if (usage === 'signature')
    return [
      { oid: keyUsage, critical: true, value: der.bitString(Buffer.from([0x40]), 6) },
      { oid: extendedKeyUsage, value: der.sequence(der.oid('1.3.6.1.5.5.7.3.4')) },
    ]
  return [
    { oid: keyUsage, critical: true, value: der.bitString(Buffer.from([0x80]), 7) },
    { oid: extendedKeyUsage, value: der.sequence(der.oid('1.3.6.1.5.5.7.3.2')) },
  ]
}

function professionOf({ profession }: Profile): Extension[] {
  if (profession === null) return []
  return [{ oid: `${arc}.${profession.future ? 8 : 7}`, value: der.integer(profession.code) }]
}

type Keys = { readonly holder: KeyObject; readonly authority: KeyObject }

let keysOfThisProcess: Promise<Keys> | undefined

/** Keys are slow to make: these are made once for this machine. */
async function readKeys(): Promise<Keys> {
  const folder = await cached('card-keys-1', async (empty) => {
    for (const file of Object.values(keyFile)) {
      const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
      await writeFile(join(empty, file), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    }
  })
  const read = async (file: string) => createPrivateKey(await readFile(join(folder, file)))
  return { holder: await read(keyFile.holder), authority: await read(keyFile.authority) }
}
