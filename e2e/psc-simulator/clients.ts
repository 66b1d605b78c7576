import { createPublicKey } from 'node:crypto'
import type { ClientMetadata } from 'oidc-provider'
import type { Credentials } from './credentials.ts'
import { clientSubjectDn } from './tls/authority.ts'

const ports = [43110, 43111, 43112]

/** Each port is an address of its own: they are compared as strings. */
export const usualRedirectUris = ports.map((port) => `http://localhost:${port}/psc/retour`)
export const usualPostLogoutRedirectUris = ports.map((port) => `http://localhost:${port}/psc/deconnexion`)

export const cibaGrant = 'urn:openid:params:grant-type:ciba'

type Addresses = {
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
}

/** Comptoir as a client without a credential: that of a broker. */
export function publicClient({ redirectUris, postLogoutRedirectUris }: Addresses): ClientMetadata {
  return {
    client_id: 'comptoir',
    token_endpoint_auth_method: 'none',
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: [...postLogoutRedirectUris],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    client_name: 'Comptoir',
  }
}

/**
 * Comptoir as a public client, and with a credential of its own: oidc-provider holds a client to one way of
 * authentication, so that each way has its client. CIBA is not for the public one (CIBA Core §7.1).
 * @param isSecure over https, where a client may show a certificate
 */
export function usualClients(
  credentials: Credentials,
  addresses: Addresses,
  isSecure: boolean,
): ClientMetadata[] {
  const common = publicClient(addresses)
  const confidential = {
    ...common,
    grant_types: ['authorization_code', 'refresh_token', cibaGrant],
    backchannel_token_delivery_mode: 'poll' as const,
  }
  const { client_secret_basic: basic, client_secret_post: post } = credentials
  const { private_key_jwt: jwt, tls_client_auth: tls } = credentials
  const withSecret = (credential: typeof basic | typeof post): ClientMetadata => ({
    ...confidential,
    client_id: credential.clientId,
    client_secret: credential.clientSecret,
    token_endpoint_auth_method: credential.method,
  })
  const withCertificate: ClientMetadata = {
    ...confidential,
    client_id: tls.clientId,
    token_endpoint_auth_method: tls.method,
    tls_client_auth_subject_dn: clientSubjectDn,
    // PSC binds what it gives to the certificate (psc.md §1, RFC 8705 §3).
    tls_client_certificate_bound_access_tokens: true,
  }
  return [
    common,
    withSecret(basic),
    withSecret(post),
    {
      ...confidential,
      client_id: jwt.clientId,
      token_endpoint_auth_method: jwt.method,
      jwks: { keys: [createPublicKey(jwt.key.pem).export({ format: 'jwk' })] },
    },
    ...(isSecure ? [withCertificate] : []),
  ]
}
