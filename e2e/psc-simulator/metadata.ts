import { cibaGrant } from './clients.ts'
import type { Members } from './rewriting.ts'
import { pscScopes, type Setting } from './setting.ts'

/** What PSC says of itself, for all its clients together: not what each is granted (psc.md §1, §2). */
const advertised = {
  grant_types_supported: [
    'authorization_code',
    'refresh_token',
    'client_credentials',
    'password',
    'implicit',
    cibaGrant,
    'urn:ietf:params:oauth:grant-type:device_code',
  ],
  token_endpoint_auth_methods_supported: [
    'client_secret_basic',
    'client_secret_post',
    'client_secret_jwt',
    'private_key_jwt',
    'tls_client_auth',
  ],
  scopes_supported: [...pscScopes, 'eidas1', 'eidas2', 'acr', 'offline_access'],
  code_challenge_methods_supported: ['plain', 'S256'],
  backchannel_token_delivery_modes_supported: ['poll', 'ping'],
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  frontchannel_logout_supported: true,
  frontchannel_logout_session_supported: true,
  tls_client_certificate_bound_access_tokens: true,
}

/** oidc-provider's metadata as PSC has them, or a broker (brokers.md 6). */
export function rewriteMetadata(metadata: Members, { url, traits, isPsc }: Setting): Members {
  const { noIss = false } = traits
  // Without TLS nobody can show a certificate.
  const undeclared = new Set(traits.undeclared)
  if (!url.startsWith('https:')) undeclared.add('tls_client_auth')
  const rewritten: Members = {
    ...metadata,
    ...(isPsc ? { ...advertised, authorization_endpoint: `${url}/auth` } : {}),
  }
  if (noIss) delete rewritten['authorization_response_iss_parameter_supported']
  for (const [name, value] of Object.entries(rewritten))
    if (Array.isArray(value)) rewritten[name] = value.filter((one) => !undeclared.has(String(one)))
  return rewritten
}
