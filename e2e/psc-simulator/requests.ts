import type { IncomingMessage } from 'node:http'
import { isStuck } from './loop.ts'
import type { Endpoint } from './tampering.ts'
import { realmPath, routes, type Setting } from './setting.ts'

/** PSC publishes its metadata there, beside the standard path (psc.md §1). */
const walletMetadata = '/.well-known/wallet-openid-configuration'
const standardMetadata = '/.well-known/openid-configuration'

/**
 * The path and query that oidc-provider knows for what was asked, inside the realm.
 * @returns undefined for what is not of the realm
 */
export function insideRealm(
  request: IncomingMessage,
  { url, traits }: Setting,
  hints: ReadonlyMap<string, string>,
): string | undefined {
  const asked = new URL(request.url ?? '/', url)
  const path = pathInside(asked.pathname)
  if (path === undefined) return undefined
  const query = asked.searchParams
  if (path === routes.authorization) {
    if (traits.prompt === 'ignored') for (const name of ['prompt', 'max_age']) query.delete(name)
    if (traits.prompt === 'loops' && isStuck(request)) query.set('prompt', 'login')
  }
  if (path === routes.end_session && traits.losesPostLogoutRedirectUri === true)
    query.delete('post_logout_redirect_uri')
  const hint = query.get('id_token_hint')
  if (hint !== null) query.set('id_token_hint', hints.get(hint) ?? hint)
  return query.size === 0 ? path : `${path}?${query}`
}

function pathInside(pathname: string): string | undefined {
  // The wallet's authorization endpoint, outside the realm (psc.md §1).
  if (pathname === '/auth') return routes.authorization
  if (!pathname.startsWith(`${realmPath}/`)) return undefined
  const path = pathname.slice(realmPath.length)
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
  if (isUnder(path, routes.authorization)) return 'authorization'
  return isUnder(path, routes.end_session) ? 'end-session' : undefined
}

function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}
