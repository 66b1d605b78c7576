import * as oidc from 'openid-client'
import { authenticationOf, type PscAnswer } from './authentication.ts'
import type { PscFailure } from './failure.ts'
import type { Provider } from './provider.ts'

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

/** An OpenID Connect client of PSC or of a broker: code flow, PKCE S256, state and nonce (RFC 9700 §2.1). */
export function createPscClient(provider: Provider): PscClient {
  const { settings, clock } = provider

  return {
    authorizationRequest: async (redirectUri) => {
      try {
        const config = await provider.configuration()
        const wrongClock = provider.wrongClock()
        if (wrongClock !== null) return wrongClock
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
        const complete = async (callback: URL): Promise<PscAnswer> => {
          const returnedAt = clock.monotonic()
          const tokens = await oidc.authorizationCodeGrant(config, callback, {
            ...checks,
            idTokenExpected: true,
          })
          return authenticationOf(provider, config, tokens, { flow: 'code', returnedAt })
        }
        const request = {
          url: url.href,
          state: checks.expectedState,
          complete: (callback: URL) => complete(callback).catch(provider.failure),
        }
        return { kind: 'ready', request }
      } catch (error) {
        return provider.failure(error)
      }
    },
    endSessionUrl: async ({ idToken, postLogoutRedirectUri, state }) => {
      try {
        const config = await provider.configuration()
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
