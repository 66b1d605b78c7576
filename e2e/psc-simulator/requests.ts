import type { IncomingMessage } from 'node:http'
import type { BrokerTraits } from './broker.ts'
import { isStuck } from './loop.ts'
import type { Endpoint } from './tampering.ts'
import { routes, type Setting } from './setting.ts'

/** The ID tokens given out, as a client knows them, to the ones that oidc-provider knows again as hints. */
export type Hints = ReadonlyMap<string, string>

/** PSC publishes its metadata there, beside the standard path (psc.md §1). */
const walletMetadata = '/.well-known/wallet-openid-configuration'
const standardMetadata = '/.well-known/openid-configuration'

/**
 * The path and query that oidc-provider knows for what was asked, inside the realm.
 * @returns undefined for what is not of the realm
 */
export function insideRealm(
  request: IncomingMessage,
  { url, realm, traits, isPsc }: Setting,
  hints: Hints,
): string | undefined {
  const asked = new URL(request.url ?? '/', url)
  // The wallet's authorization endpoint, outside the realm (psc.md §1).
  const isWallet = isPsc && asked.pathname === '/auth'
  const path = isWallet ? routes.authorization : pathInside(asked.pathname, realm)
  if (path === undefined) return undefined
  const query = asked.searchParams
  if (path === routes.authorization) {
    if (traits.prompt === 'ignored') for (const name of ['prompt', 'max_age']) query.delete(name)
    if (traits.prompt === 'loops' && isStuck(request)) query.set('prompt', 'login')
  }
  if (path === routes.end_session) adaptLogout(query, traits, hints)
  return query.size === 0 ? path : `${path}?${query}`
}

/** Makes of the parameters of a logout, however they came, those that oidc-provider is to know. */
export function adaptLogout(parameters: URLSearchParams, traits: BrokerTraits, hints: Hints): void {
  if (traits.losesPostLogoutRedirectUri === true) parameters.delete('post_logout_redirect_uri')
  const hint = parameters.get('id_token_hint')
  if (hint !== null) parameters.set('id_token_hint', hints.get(hint) ?? hint)
}

function pathInside(pathname: string, realm: string): string | undefined {
  if (!pathname.startsWith(`${realm}/`)) return undefined
  const path = pathname.slice(realm.length)
  return path === walletMetadata ? standardMetadata : path
}

export type Place = Endpoint | 'introspection'

/** What was asked, by its path inside the realm. */
export function placeOf(path: string): Place | undefined {
  if (path === standardMetadata) return 'discovery'
  if (path === routes.token) return 'token'
  if (path === routes.userinfo) return 'userinfo'
  if (path === routes.jwks) return 'jwks'
  if (path === routes.introspection) return 'introspection'
  if (path === routes.revocation) return 'revocation'
  if (path === routes.backchannel_authentication) return 'ciba'
  if (isUnder(path, routes.authorization)) return 'authorization'
  return isUnder(path, routes.end_session) ? 'end-session' : undefined
}

function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}
