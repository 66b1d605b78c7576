import { generateKeyPair, randomBytes, X509Certificate, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import {
  issue,
  keyIdentifier,
  type Extension,
  type Name,
  type Validity,
} from '../../support/card/certificates.ts'
import * as der from '../../support/card/der.ts'

/** A certificate that is in order, or one that must be refused, and why. */
export type Quality = 'trusted' | 'unknown-authority' | 'expired' | 'other-name'

/** A key and its certificate, in PEM. */
export type Identified = { readonly key: string; readonly cert: string }

/** A private authority, as those of IGC-Santé are to a workstation that does not know them. */
export type Authority = {
  /** Its own certificate, in PEM: what a client is told to trust. */
  readonly ca: string
  /** What `localhost` shows. */
  readonly server: (quality: Quality) => Identified
  /** The certificate by which an organisation authenticates itself (IGC-Santé's ORG AUTH_CLI, psc.md §2). */
  readonly client: (quality: Quality) => Identified
}

/** The subject of the client's certificate, in its own order; RFC 4514 §2.1 writes it from the end. */
const clientName: Name = [
  { country: 'FR' },
  { organization: 'PHARMACIE DU TEST' },
  { organizationalUnit: '10B0199999' },
  { commonName: 'comptoir.test' },
]
export const clientSubjectDn = 'CN=comptoir.test,OU=10B0199999,O=PHARMACIE DU TEST,C=FR'

const dayMs = 24 * 3_600_000
const newRsa = promisify(generateKeyPair)

let made: Promise<Authority> | undefined

/** The authority of the simulators of this process: keys are slow to make, and are gone with it. */
export function simulatedAuthority(): Promise<Authority> {
  made ??= makeAuthority()
  return made
}

async function makeAuthority(): Promise<Authority> {
  const [own, stranger, server, client] = await Promise.all([rsaKey(), rsaKey(), rsaKey(), rsaKey()])
  const certify = (name: Name, holder: KeyObject, extensions: readonly Extension[], quality: Quality) =>
    issue(
      {
        // A positive number of 16 octets: RFC 5280 §4.1.2.2 has them all different.
        serial: Buffer.concat([Buffer.from([1]), randomBytes(15)]),
        issuer: authorityName,
        subject: name,
        validity: quality === 'expired' ? lasting(-400, -1) : lasting(-1, 365),
        extensions: [authorityKey(quality === 'unknown-authority' ? stranger : own), ...extensions],
      },
      holder,
      quality === 'unknown-authority' ? stranger : own,
    )
  return {
    ca: pem(certify(authorityName, own, authorityExtensions(own), 'trusted')),
    server: (quality) => ({
      key: pemOf(server),
      cert: pem(certify(serverName, server, serverExtensions(quality), quality)),
    }),
    client: (quality) => {
      const name = quality === 'other-name' ? otherName : clientName
      return { key: pemOf(client), cert: pem(certify(name, client, usage('1.3.6.1.5.5.7.3.2'), quality)) }
    },
  }
}

const authorityName: Name = [{ country: 'FR' }, { organization: 'Simulateur' }, { commonName: 'AC de test' }]
const serverName: Name = [{ commonName: 'localhost' }]
const otherName: Name = [{ country: 'FR' }, { commonName: 'ailleurs.test' }]

function lasting(fromDays: number, untilDays: number): Validity {
  return { from: new Date(Date.now() + fromDays * dayMs), until: new Date(Date.now() + untilDays * dayMs) }
}

function authorityKey(key: KeyObject): Extension {
  return { oid: '2.5.29.35', value: der.sequence(der.element(0x80, keyIdentifier(key))) }
}

function authorityExtensions(key: KeyObject): Extension[] {
  return [
    { oid: '2.5.29.14', value: der.octetString(keyIdentifier(key)) },
    { oid: '2.5.29.19', critical: true, value: der.sequence(der.yes) },
    // keyCertSign and cRLSign.
    { oid: '2.5.29.15', critical: true, value: der.bitString(Buffer.from([0x06]), 1) },
  ]
}

function serverExtensions(quality: Quality): Extension[] {
  const names =
    quality === 'other-name'
      ? [der.element(0x82, Buffer.from('ailleurs.test'))]
      : [
          der.element(0x82, Buffer.from('localhost')),
          der.element(0x87, Buffer.from([127, 0, 0, 1])),
          der.element(0x87, Buffer.concat([Buffer.alloc(15), Buffer.from([1])])),
        ]
  return [{ oid: '2.5.29.17', value: der.sequence(...names) }, ...usage('1.3.6.1.5.5.7.3.1')]
}

function usage(purpose: string): Extension[] {
  return [
    // digitalSignature.
    { oid: '2.5.29.15', critical: true, value: der.bitString(Buffer.from([0x80]), 7) },
    { oid: '2.5.29.37', value: der.sequence(der.oid(purpose)) },
  ]
}

async function rsaKey(): Promise<KeyObject> {
  return (await newRsa('rsa', { modulusLength: 2048 })).privateKey
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function pem(certificate: Buffer): string {
  return new X509Certificate(certificate).toString()
}
