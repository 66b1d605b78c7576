import * as oidc from 'openid-client'
import type { Clock } from '../clock.ts'
import { meetsLevel } from './acr.ts'
import { readIdentity, type PscIdentity } from './claims.ts'
import { failureOf, MetadataError } from './failure-of.ts'
import { failed, type PscFailure } from './failure.ts'
import { createFetch, type FetchLimits } from './fetch.ts'

/** What the client needs of comptoir.json's `psc`. */
export type PscClientSettings = {
  readonly discoveryUrl: string
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
  readonly acrValues: string
  readonly prompt: string | null
  readonly nationalIdClaim: string | null
  /** Whether `auth_time` and `acr` are PSC's own, not a broker's. */
  readonly authTimeIsFromPsc: boolean
  readonly acrIsFromPsc: boolean
}

/** Somebody whom PSC has identified. The ID token serves the end of the session only, and never leaves this process. */
export type Authentication = {
  readonly identity: PscIdentity
  /** The level that was reached, by the provider's word. */
  readonly acr: string | null
  /**
   * Seconds between the authentication and this answer, on the provider's clock alone; null where `auth_time` is
   * absent or not PSC's.
   */
  readonly age: number | null
  /**
   * When the browser had come back, on the monotonic clock in milliseconds: no later than the ID token was made, so that
   * a slow answer makes nobody look freshly identified.
   */
  readonly returnedAt: number
  readonly idToken: string
}

export type PscAnswer =
  | { readonly kind: 'identified'; readonly authentication: Authentication }
  /** `idToken`: of the session that the browser has all the same, and must leave to be asked again. */
  | (PscFailure & { readonly idToken?: string })

/** One authorization request: its address for the browser, and what becomes of the browser's return. */
export type AuthorizationRequest = {
  readonly url: string
  readonly state: string
  /** Exchanges the code and reads who it is. Never rejects. */
  readonly complete: (callback: URL) => Promise<PscAnswer>
}

export type PscClient = {
  readonly authorizationRequest: (
    redirectUri: string,
  ) => Promise<{ readonly kind: 'ready'; readonly request: AuthorizationRequest } | PscFailure>
  /** The address that ends the session in the browser (RP-Initiated Logout 1.0, §2); null where there is none. */
  readonly endSessionUrl: (parameters: {
    idToken: string | null
    postLogoutRedirectUri: string | null
    state: string
  }) => Promise<string | null>
}

/** PSC's own answers are a few kilobytes; what is longer is not one. */
const usualLimits: FetchLimits = { timeoutMs: 10_000, maxBytes: 1024 * 1024 }
/** A discovery is used again this long. */
const discoveryMs = 60 * 60_000
/**
 * Seconds by which the workstation's clock may be wrong without keeping anyone out: the ID token's end is then
 * compared with the provider's own clock, to ten seconds.
 */
const clockTolerance = 300
const providerTolerance = 10

/** An OpenID Connect client of PSC or of a broker: code flow, PKCE S256, state and nonce (RFC 9700 §2.1). */
export function createPscClient(
  settings: PscClientSettings,
  clock: Pick<Clock, 'monotonic'>,
  limits: FetchLimits = usualLimits,
): PscClient {
  const { fetch, providerNow } = createFetch(limits, clock.monotonic)
  let known: { config: oidc.Configuration; until: number } | null = null

  const discover = async (): Promise<oidc.Configuration> => {
    if (known !== null && clock.monotonic() < known.until) return known.config
    const insecure = new URL(settings.issuer).protocol === 'http:'
    const config = await oidc.discovery(
      new URL(settings.discoveryUrl),
      settings.clientId,
      { [oidc.clockTolerance]: clockTolerance },
      oidc.None(),
      {
        [oidc.customFetch]: fetch,
        // The code flow trusts TLS alone unless told otherwise (OpenID Connect Core §3.1.3.7, 6).
        execute: [oidc.enableNonRepudiationChecks, ...(insecure ? [oidc.allowInsecureRequests] : [])],
      },
    )
    checkMetadata(config.serverMetadata(), settings.issuer)
    known = { config, until: clock.monotonic() + discoveryMs }
    return config
  }

  const complete = async (
    config: oidc.Configuration,
    callback: URL,
    checks: { expectedState: string; expectedNonce: string; pkceCodeVerifier: string },
  ): Promise<PscAnswer> => {
    const returnedAt = clock.monotonic()
    const tokens = await oidc.authorizationCodeGrant(config, callback, { ...checks, idTokenExpected: true })
    const idToken = tokens.claims()
    if (idToken === undefined || tokens.id_token === undefined) return failed('invalid-response', 'id_token')
    // openid-client looks at `azp` among several audiences only (OpenID Connect Core §3.1.3.7, 5).
    if (idToken.azp !== undefined && idToken.azp !== settings.clientId) {
      return failed('invalid-response', 'azp')
    }
    const now = providerNow()
    if (now !== null && idToken.exp + providerTolerance < now) return failed('invalid-response', 'exp')

    const acr = typeof idToken['acr'] === 'string' ? idToken['acr'] : null
    if (settings.acrIsFromPsc && !meetsLevel(acr, settings.acrValues)) {
      return { ...failed('level-too-low', String(acr)), idToken: tokens.id_token }
    }
    const userinfo = await oidc.fetchUserInfo(config, tokens.access_token, idToken.sub)
    const reading = readIdentity(userinfo, idToken, settings.nationalIdClaim)
    if (reading.kind === 'no-identifier') return { ...failed('no-identifier'), idToken: tokens.id_token }
    if (reading.kind === 'contradictory') return failed('invalid-response', 'identifiers')
    return {
      kind: 'identified',
      authentication: {
        identity: reading.identity,
        acr,
        age: settings.authTimeIsFromPsc ? ageOf(idToken) : null,
        returnedAt,
        idToken: tokens.id_token,
      },
    }
  }

  /** What is known of the provider may be what is wrong: it is asked again next time. */
  const forgetful = (failure: PscFailure): PscFailure => {
    known = null
    return failure
  }

  return {
    authorizationRequest: async (redirectUri) => {
      try {
        const config = await discover()
        const checks = {
          expectedState: oidc.randomState(),
          expectedNonce: oidc.randomNonce(),
          pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
        }
        const url = oidc.buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope: settings.scope,
          state: checks.expectedState,
          nonce: checks.expectedNonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
          code_challenge_method: 'S256',
          acr_values: settings.acrValues,
          ...(settings.prompt === null ? {} : { prompt: settings.prompt }),
        })
        const request = {
          url: url.href,
          state: checks.expectedState,
          complete: (callback: URL) =>
            complete(config, callback, checks).catch((error: unknown) => forgetful(failureOf(error))),
        }
        return { kind: 'ready', request }
      } catch (error) {
        return forgetful(failureOf(error))
      }
    },
    endSessionUrl: async ({ idToken, postLogoutRedirectUri, state }) => {
      try {
        const config = await discover()
        if (config.serverMetadata().end_session_endpoint === undefined) return null
        return oidc.buildEndSessionUrl(config, {
          ...(idToken === null ? {} : { id_token_hint: idToken }),
          ...(postLogoutRedirectUri === null
            ? {}
            : { post_logout_redirect_uri: postLogoutRedirectUri, state }),
        }).href
      } catch {
        return null
      }
    },
  }
}

/**
 * openid-client leaves the issuer unchecked when discovery is not at the standard path (OpenID Connect Discovery
 * §4.3); and what the browser is sent to must be a web address.
 */
function checkMetadata(metadata: oidc.ServerMetadata, issuer: string): void {
  if (metadata.issuer !== issuer) throw new MetadataError('issuer')
  const secure = new URL(issuer).protocol === 'https:'
  const { authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri, end_session_endpoint } =
    metadata
  const needed = { authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri }
  for (const [name, url] of Object.entries({ ...needed, end_session_endpoint })) {
    if (url === undefined && !(name in needed)) continue
    if (!isWebAddress(url, secure)) throw new MetadataError(name)
  }
}

function isWebAddress(url: unknown, secure: boolean): boolean {
  return typeof url === 'string' && (secure ? /^https:\/\/[^/]/iu : /^https?:\/\/[^/]/iu).test(url)
}

/** An authentication after the ID token's issue contradicts itself: it proves nothing. One second is rounding. */
function ageOf({ iat, auth_time: authTime }: oidc.IDToken): number | null {
  if (typeof authTime !== 'number' || authTime > iat + 1) return null
  return Math.max(0, iat - authTime)
}
