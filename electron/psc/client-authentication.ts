import * as oidc from 'openid-client'
import { assertNever } from '../assert-never.ts'
import type { ClientCredential } from './credential.ts'

/** How long an assertion is good for, in seconds: it serves one request, at once. */
const assertionSeconds = 60

/**
 * How the client proves who it is to the endpoints that want it (OpenID Connect Core §9, RFC 8705 §2).
 * @param now the provider's time, in seconds since 1970: it allows a signed assertion seconds of difference (RFC 7523
 * §3), which the clock of a workstation may well have
 */
export function clientAuthentication(credential: ClientCredential, now: () => number): oidc.ClientAuth {
  switch (credential.kind) {
    case 'none':
      return oidc.None()
    case 'secret':
      return credential.method === 'client_secret_basic'
        ? oidc.ClientSecretBasic(credential.secret)
        : oidc.ClientSecretPost(credential.secret)
    case 'private-key':
      return oidc.PrivateKeyJwt(credential.key, {
        [oidc.modifyAssertion]: (_header, payload) => {
          const iat = Math.floor(now())
          Object.assign(payload, { iat, nbf: iat, exp: iat + assertionSeconds })
        },
      })
    case 'tls':
      return oidc.TlsClientAuth()
    default:
      return assertNever(credential)
  }
}
