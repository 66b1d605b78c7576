import * as oidc from 'openid-client'
import { meetsLevel } from './acr.ts'
import { readIdentity, type PscIdentity } from './claims.ts'
import { failed, type PscFailure } from './failure.ts'
import type { Provider } from './provider.ts'
import type { PscFlow, PscTrace } from './trace.ts'

/** Somebody whom PSC has identified. The tokens serve the end of the session only, and never leave this process. */
export type Authentication = {
  readonly identity: PscIdentity
  /** What the journal keeps of it. */
  readonly trace: PscTrace
  /**
   * Seconds between the authentication and this answer, on the provider's clock alone; null where `auth_time` is
   * absent or not PSC's.
   */
  readonly age: number | null
  /**
   * When the answer had come back, on the monotonic clock in milliseconds: no later than the ID token was made, so that
   * a slow answer makes nobody look freshly identified.
   */
  readonly returnedAt: number
  readonly idToken: string
  /** Null where the provider gives none. */
  readonly refreshToken: string | null
}

export type PscAnswer =
  | { readonly kind: 'identified'; readonly authentication: Authentication }
  /** `idToken`: of the session that the browser has all the same, and must leave to be asked again. */
  | (PscFailure & { readonly idToken?: string })

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers

/** Seconds that the provider's clock, read from HTTP dates, may differ from the one it signs with. */
const providerTolerance = 10

/**
 * Who a token answer identifies, once openid-client has verified its ID token (signature, issuer, audience, nonce,
 * times): the level, then the userinfo of the same person. Never rejects.
 */
export async function authenticationOf(
  provider: Provider,
  config: oidc.Configuration,
  tokens: Tokens,
  { flow, returnedAt }: { flow: PscFlow; returnedAt: number },
): Promise<PscAnswer> {
  const { settings } = provider
  const idToken = tokens.claims()
  if (idToken === undefined || tokens.id_token === undefined) return failed('invalid-response', 'id_token')
  // openid-client looks at `azp` among several audiences only (OpenID Connect Core §3.1.3.7, 5).
  if (idToken.azp !== undefined && idToken.azp !== settings.clientId) return failed('invalid-response', 'azp')
  const now = provider.now()
  if (now !== null && idToken.exp + providerTolerance < now) return failed('invalid-response', 'exp')

  const { acr = null } = idToken
  const verified: PscTrace = {
    ...provider.trace(flow),
    acr: typeof acr === 'string' ? writtenName(acr) : null,
    authTime: instantOf(idToken.auth_time),
  }
  const wrongClock = provider.wrongClock()
  if (wrongClock !== null) return { ...wrongClock, trace: verified }
  if (settings.acrIsFromPsc) {
    if (acr !== null && typeof acr !== 'string')
      return { ...failed('invalid-response', 'acr'), trace: verified }
    if (!meetsLevel(acr, settings.acrValues)) {
      return { ...failed('level-too-low', acr ?? ''), trace: verified, idToken: tokens.id_token }
    }
  }
  let userinfo: oidc.UserInfoResponse
  try {
    userinfo = await oidc.fetchUserInfo(config, tokens.access_token, idToken.sub)
  } catch (error) {
    return { ...provider.failure(error), trace: verified }
  }
  const reading = readIdentity(userinfo, idToken, settings.nationalIdClaim)
  if (reading.kind === 'no-identifier') {
    return { ...failed('no-identifier'), trace: verified, idToken: tokens.id_token }
  }
  if (reading.kind === 'contradictory') {
    return { ...failed('invalid-response', 'identifiers'), trace: verified }
  }
  const { identity } = reading
  const authMode = identity.authMode && writtenName(identity.authMode)
  return {
    kind: 'identified',
    authentication: {
      identity,
      trace: { ...verified, authMode, nationalId: writtenId(identity.nationalId) },
      age: settings.authTimeIsFromPsc ? ageOf(idToken) : null,
      returnedAt,
      idToken: tokens.id_token,
      refreshToken: tokens.refresh_token ?? null,
    },
  }
}

/** `8` and the RPPS, or the identifier as it was said. */
function writtenId(id: PscIdentity['nationalId']): string {
  return id.kind === 'rpps' ? `8${id.digits}` : writtenName(id.value)
}

/** As it was said, on one line, whoever said it: the journal keeps it. */
function writtenName(name: string): string {
  return name.replaceAll(/[\p{C}\s]+/gu, ' ').slice(0, 100)
}

/** An authentication after the ID token's issue contradicts itself: it proves nothing. One second is rounding. */
function ageOf({ iat, auth_time: authTime }: oidc.IDToken): number | null {
  if (typeof authTime !== 'number' || authTime > iat + 1) return null
  return Math.max(0, iat - authTime)
}

function instantOf(seconds: unknown): string | null {
  if (typeof seconds !== 'number') return null
  const instant = new Date(seconds * 1000)
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString()
}
