import { createPrivateKey, webcrypto, X509Certificate, type KeyObject } from 'node:crypto'
import { win32 } from 'node:path'
import type { KeychainError, KeychainFault, SecretName } from '../../native/keychain/secrets.ts'
import { assertNever } from '../assert-never.ts'
import { open, type Opened } from './credential-opening.ts'
import type { PscImpediment } from './state.ts'

/** What this workstation proves to the provider that it is the registered client with (OpenID Connect Core §9, RFC 8705 §2). */
export type ClientCredential =
  /** A public client, of a broker. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'secret'
      readonly method: 'client_secret_basic' | 'client_secret_post'
      readonly secret: string
    }
  | { readonly kind: 'private-key'; readonly key: webcrypto.CryptoKey }
  | { readonly kind: 'tls'; readonly identity: TlsIdentity }

/**
 * A certificate and its key, as node:tls takes them. Nothing locks a key in PEM any more; Node hands on no key of a
 * PKCS #12, which each secure context opens again.
 */
export type TlsIdentity =
  | { readonly cert: Buffer; readonly key: string | Buffer }
  | { readonly pfx: Buffer; readonly passphrase?: string }

/** What the credential is made of, of comptoir.json's `psc`. */
export type CredentialSettings = {
  readonly clientAuthentication:
    'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'tls_client_auth'
  readonly certificateFile: string | null
  readonly keyFile: string | null
  readonly p12File: string | null
}

type Read = {
  /** Rejects with `KeychainError`. */
  readonly secret: (name: SecretName) => Promise<string | null>
  readonly file: (path: string) => Promise<Buffer>
}

type Impeded = {
  readonly kind: 'impeded'
  readonly impediment: PscImpediment
  /** As in state.ts. */
  readonly detail: string | null
}

/**
 * The credential that the settings ask for, ready to serve, or what is to be mended first.
 * @param now what a certificate must outlive
 */
export async function readCredential(
  settings: CredentialSettings,
  read: Read,
  now: Date,
): Promise<{ readonly kind: 'ready'; readonly credential: ClientCredential } | Impeded> {
  try {
    return { kind: 'ready', credential: await credentialOf(settings, read, now) }
  } catch (error) {
    return impeded(error)
  }
}

/** The authorities of `psc.caFile`, in PEM; null where the settings have none. */
export async function readAuthorities(
  caFile: string | null,
  file: Read['file'],
): Promise<{ readonly kind: 'ready'; readonly authorities: string | null } | Impeded> {
  if (caFile === null) return { kind: 'ready', authorities: null }
  try {
    const content = (await contentOf(caFile, file)).toString('latin1')
    const certificates = content.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? []
    if (certificates.length === 0) throw new Impediment('file-invalid', nameOf(caFile))
    for (const certificate of certificates) certificateIn(Buffer.from(certificate), caFile)
    return { kind: 'ready', authorities: certificates.join('\n') }
  } catch (error) {
    return impeded(error)
  }
}

class Impediment extends Error {
  readonly impediment: PscImpediment
  readonly detail: string | null

  constructor(impediment: PscImpediment, detail: string | null = null) {
    super(impediment)
    this.name = 'Impediment'
    this.impediment = impediment
    this.detail = detail
  }
}

function impeded(error: unknown): Impeded {
  if (!(error instanceof Impediment)) throw error
  return { kind: 'impeded', impediment: error.impediment, detail: error.detail }
}

async function credentialOf(settings: CredentialSettings, read: Read, now: Date): Promise<ClientCredential> {
  const { clientAuthentication: method } = settings
  switch (method) {
    case 'none':
      return { kind: 'none' }
    case 'client_secret_basic':
    case 'client_secret_post':
      return { kind: 'secret', method, secret: await secretOf('psc.clientSecret', read) }
    case 'private_key_jwt': {
      const key = await readKey(settings.keyFile, read)
      return { kind: 'private-key', key: await signingKey(key, settings.keyFile) }
    }
    case 'tls_client_auth': {
      const { p12File } = settings
      const identity = await (p12File === null ? readPem(settings, read, now) : readP12(p12File, read, now))
      return { kind: 'tls', identity }
    }
    default:
      return assertNever(method)
  }
}

/** What is pasted may bear a mark, a line's end or what cannot be seen at its ends (psc.md §9). */
async function secretOf(name: SecretName, { secret }: Read): Promise<string> {
  const value = await secret(name).catch(({ reason }: KeychainError) => {
    throw new Impediment(keychainImpediments[reason])
  })
  const trimmed = value?.replaceAll(/^[\s\p{Cc}\p{Cf}]+|[\s\p{Cc}\p{Cf}]+$/gu, '') ?? ''
  if (trimmed === '') throw new Impediment('secret-missing', name)
  return trimmed
}

const keychainImpediments: Record<KeychainFault, PscImpediment> = {
  'no-keychain': 'no-keychain',
  locked: 'keychain-locked',
  failed: 'keychain-failed',
}

async function contentOf(path: string | null, file: Read['file']): Promise<Buffer> {
  if (path === null) throw new Impediment('file-missing')
  return file(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : null
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR'
    throw new Impediment(isMissing ? 'file-missing' : 'file-unreadable', nameOf(path))
  })
}

/** A private key in PEM; its passphrase is asked of the keychain only where there is one. */
async function readKey(keyFile: string | null, read: Read): Promise<KeyObject> {
  const content = await contentOf(keyFile, read.file)
  if (!content.includes('ENCRYPTED')) return attempt(() => createPrivateKey(content), 'file-invalid', keyFile)
  const passphrase = await secretOf('psc.keyPassphrase', read)
  const opened = await open({ kind: 'key', content, passphrase })
  if (opened.kind !== 'key') throw new Impediment('passphrase-wrong', nameOf(keyFile))
  return createPrivateKey(opened.pem)
}

/** RS256 or ES256, as the key is (RFC 7518 §3.3 and §3.4). */
async function signingKey(key: KeyObject, keyFile: string | null): Promise<webcrypto.CryptoKey> {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {}
  const isRsa = key.asymmetricKeyType === 'rsa' && modulusLength >= 2048
  if (!isRsa && namedCurve !== 'prime256v1') throw new Impediment('file-invalid', nameOf(keyFile))
  const algorithm = isRsa
    ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    : { name: 'ECDSA', namedCurve: 'P-256' }
  const content = key.export({ type: 'pkcs8', format: 'der' })
  return webcrypto.subtle.importKey('pkcs8', content, algorithm, false, ['sign'])
}

async function readPem(settings: CredentialSettings, read: Read, now: Date): Promise<TlsIdentity> {
  const { certificateFile, keyFile } = settings
  const cert = await contentOf(certificateFile, read.file)
  const certificate = certificateIn(cert, certificateFile)
  const key = await readKey(keyFile, read)
  if (!certificate.checkPrivateKey(key)) {
    throw new Impediment('key-mismatch', `${nameOf(keyFile)}/${nameOf(certificateFile)}`)
  }
  const identity = { cert, key: key.export({ type: 'pkcs8', format: 'pem' }) }
  return whileValid(identity, await open({ kind: 'identity', identity }), certificateFile, now)
}

async function readP12(p12File: string, read: Read, now: Date): Promise<TlsIdentity> {
  const pfx = await contentOf(p12File, read.file)
  const withoutPassword = await open({ kind: 'identity', identity: { pfx } })
  if (withoutPassword.kind !== 'wrong-password') return whileValid({ pfx }, withoutPassword, p12File, now)
  const identity = { pfx, passphrase: await secretOf('psc.p12Password', read) }
  return whileValid(identity, await open({ kind: 'identity', identity }), p12File, now)
}

function whileValid(identity: TlsIdentity, opened: Opened, file: string | null, now: Date): TlsIdentity {
  if (opened.kind === 'wrong-password') throw new Impediment('passphrase-wrong', nameOf(file))
  if (opened.kind !== 'identity') throw new Impediment('file-invalid', nameOf(file))
  const end = new Date(opened.validTo)
  if (end < now) throw new Impediment('certificate-expired', end.toISOString().slice(0, 10))
  return identity
}

function certificateIn(pem: Buffer, path: string | null): X509Certificate {
  return attempt(() => new X509Certificate(pem), 'file-invalid', path)
}

/** The errors of OpenSSL are for its authors, and may quote what they read. */
function attempt<T>(act: () => T, impediment: PscImpediment, path: string | null): T {
  try {
    return act()
  } catch {
    throw new Impediment(impediment, nameOf(path))
  }
}

/** A path of either system: its folders help nobody. */
function nameOf(path: string | null): string {
  return win32.basename(path ?? '')
}
