import type { Credential } from '../../../e2e/psc-simulator/simulator.ts'
import type { SecretName } from '../../../native/keychain/secrets.ts'
import { assertNever } from '../../assert-never.ts'
import { readCredential, type ClientCredential, type CredentialSettings } from '../credential.ts'

/** Where a key, and a certificate, may be. */
export type Shape = 'pem' | 'encrypted-pem' | 'p12'

/** A workstation whose files and keychain hold what a client of the simulator authenticates itself with. */
export type Held = {
  readonly settings: CredentialSettings
  readonly files: Readonly<Record<string, string | Buffer>>
  readonly secrets: Partial<Record<SecretName, string>>
}

export function held(credential: Credential, shape: Shape = 'pem'): Held {
  const settings = {
    clientAuthentication: credential.method,
    certificateFile: null,
    keyFile: null,
    p12File: null,
  }
  switch (credential.method) {
    case 'none':
      return { settings, files: {}, secrets: {} }
    case 'client_secret_basic':
    case 'client_secret_post':
      return { settings, files: {}, secrets: { 'psc.clientSecret': credential.clientSecret } }
    case 'private_key_jwt':
      return withKey({ settings, files: {}, secrets: {} }, credential.key, shape)
    case 'tls_client_auth': {
      const { key, certificate, p12 } = credential
      if (shape === 'p12') {
        return {
          settings: { ...settings, p12File: '/etc/comptoir.p12' },
          files: { '/etc/comptoir.p12': p12.content },
          secrets: { 'psc.p12Password': p12.password },
        }
      }
      const certified = { ...settings, certificateFile: '/etc/certificat.pem' }
      return withKey(
        { settings: certified, files: { '/etc/certificat.pem': certificate }, secrets: {} },
        key,
        shape,
      )
    }
    default:
      return assertNever(credential)
  }
}

function withKey(
  { settings, files }: Held,
  { pem, encryptedPem, passphrase }: { pem: string; encryptedPem: string; passphrase: string },
  shape: Shape,
): Held {
  const isEncrypted = shape === 'encrypted-pem'
  return {
    settings: { ...settings, keyFile: '/etc/cle.pem' },
    files: { ...files, '/etc/cle.pem': isEncrypted ? encryptedPem : pem },
    secrets: isEncrypted ? { 'psc.keyPassphrase': passphrase } : {},
  }
}

export async function reading({ settings, files, secrets }: Held, now = new Date()) {
  const file = (path: string) => {
    const content = files[path]
    return content === undefined
      ? Promise.reject(Object.assign(new Error(), { code: 'ENOENT' }))
      : Promise.resolve(Buffer.from(content))
  }
  return readCredential(settings, { file, secret: (name) => Promise.resolve(secrets[name] ?? null) }, now)
}

/** @throws {Error} when it is impeded */
export async function credentialOf(credential: Credential, shape?: Shape): Promise<ClientCredential> {
  const outcome = await reading(held(credential, shape))
  if (outcome.kind === 'impeded') throw new Error(`${outcome.impediment} ${outcome.detail}`)
  return outcome.credential
}
