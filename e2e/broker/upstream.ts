import * as oidc from 'openid-client'
import { fetchWith } from '../psc-simulator/fetch.ts'
import type { Simulator } from '../psc-simulator/simulator.ts'

/** How an identification at Pro Santé Connect ended, for the broker's own identification of this `uid`. */
export type Outcome =
  | {
      readonly kind: 'identified'
      readonly userinfo: Record<string, unknown> & { readonly sub: string }
      readonly acr: string | undefined
      readonly authTime: number | undefined
    }
  | { readonly kind: 'failed'; readonly error: string; readonly description: string }

/** The broker as a confidential client of Pro Santé Connect. */
export type Upstream = {
  /**
   * Where the browser must go.
   * @throws {Error} when PSC does not answer
   */
  readonly authorizationUrl: (uid: string) => Promise<string>
  /** What the browser came back with; null when it was not sent. */
  readonly outcome: (callback: URL) => Promise<{ readonly uid: string; readonly outcome: Outcome } | null>
}

export type UpstreamCredential = {
  readonly method: 'client_secret_basic' | 'client_secret_post'
  readonly clientId: string
  readonly clientSecret: string
}

type Sent = { readonly uid: string; readonly checks: oidc.AuthorizationCodeGrantChecks }

export function createUpstream(
  psc: Simulator,
  { method, clientId, clientSecret }: UpstreamCredential,
  redirectUri: string,
): Upstream {
  const sent = new Map<string, Sent>()
  const authentication = method === 'client_secret_basic' ? oidc.ClientSecretBasic : oidc.ClientSecretPost
  const configuration = () =>
    oidc.discovery(new URL(psc.discoveryUrl), clientId, undefined, authentication(clientSecret), {
      execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
      [oidc.customFetch]: (url, { method, headers, body }) =>
        fetchWith({ ca: psc.ca }, url, {
          method,
          headers,
          ...(body instanceof URLSearchParams ? { body } : {}),
        }),
    })
  return {
    authorizationUrl: async (uid) => {
      const config = await configuration()
      const verifier = oidc.randomPKCECodeVerifier()
      const [state, nonce] = [oidc.randomState(), oidc.randomNonce()]
      sent.set(state, {
        uid,
        checks: {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        },
      })
      return oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid scope_all',
        acr_values: 'eidas1',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).href
    },
    outcome: async (callback) => {
      const state = callback.searchParams.get('state') ?? ''
      const known = sent.get(state)
      if (known === undefined) return null
      sent.delete(state)
      const outcome = await exchange(configuration, callback, known).catch(failed)
      return { uid: known.uid, outcome }
    },
  }
}

async function exchange(
  configuration: () => Promise<oidc.Configuration>,
  callback: URL,
  { checks }: Sent,
): Promise<Outcome> {
  const config = await configuration()
  const tokens = await oidc.authorizationCodeGrant(config, callback, checks)
  const claims = tokens.claims()
  const userinfo = await oidc.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '')
  return { kind: 'identified', userinfo, acr: textOf(claims?.['acr']), authTime: claims?.auth_time }
}

function textOf(claim: unknown): string | undefined {
  return typeof claim === 'string' ? claim : undefined
}

/** What the broker tells its own client of it. */
export function failed(error: unknown): Outcome {
  return error instanceof oidc.AuthorizationResponseError
    ? { kind: 'failed', error: error.error, description: error.error_description ?? '' }
    : { kind: 'failed', error: 'temporarily_unavailable', description: 'Pro Santé Connect failed' }
}
