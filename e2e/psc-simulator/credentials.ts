import { createPrivateKey, randomBytes } from 'node:crypto'
import { simulatedAuthority } from './tls/authority.ts'
import { toP12 } from './tls/p12.ts'

/** A client's key in PKCS#8, as it is and under a passphrase. */
type Key = { readonly pem: string; readonly encryptedPem: string; readonly passphrase: string }

type Shapes = {
  readonly none: object
  readonly client_secret_basic: { readonly clientSecret: string }
  readonly client_secret_post: { readonly clientSecret: string }
  readonly private_key_jwt: { readonly key: Key }
  readonly tls_client_auth: {
    readonly key: Key
    /** In PEM. */
    readonly certificate: string
    readonly p12: { readonly content: Buffer; readonly password: string }
  }
}

/** A way for a client to authenticate itself (OpenID Connect Core §9, RFC 8705 §2.1). */
export type Method = keyof Shapes

/** With what each of the usual clients authenticates itself: made for this run, it opens only this simulator. */
export type Credentials = {
  readonly [M in Method]: { readonly method: M; readonly clientId: string } & Shapes[M]
}

export type Credential = Credentials[Method]

/** Makes the secrets of the usual clients; their key is the same for all simulators of this process. */
export async function makeCredentials(): Promise<Credentials> {
  const { client } = await simulatedAuthority()
  const identified = client('trusted')
  const key = keyOf(identified.key)
  const password = secret()
  return {
    none: { method: 'none', clientId: 'comptoir' },
    client_secret_basic: {
      method: 'client_secret_basic',
      clientId: 'comptoir-basic',
      clientSecret: secret(),
    },
    client_secret_post: { method: 'client_secret_post', clientId: 'comptoir-post', clientSecret: secret() },
    private_key_jwt: { method: 'private_key_jwt', clientId: 'comptoir-jwt', key },
    tls_client_auth: {
      method: 'tls_client_auth',
      clientId: 'comptoir-tls',
      key,
      certificate: identified.cert,
      p12: { content: toP12(identified, password), password },
    },
  }
}

function keyOf(pem: string): Key {
  const passphrase = secret()
  const encryption = { cipher: 'aes-256-cbc', passphrase }
  const encrypted = createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem', ...encryption })
  return { pem, encryptedPem: encrypted.toString(), passphrase }
}

function secret(): string {
  return randomBytes(24).toString('base64url')
}
