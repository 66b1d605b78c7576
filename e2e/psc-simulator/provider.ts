import { errors, Provider, type Configuration, type KoaContextWithOIDC } from 'oidc-provider'
import { account, introspected, keepSession, sessionTtl } from './accounts.ts'
import { ciba } from './ciba/ciba.ts'
import { machineSeconds } from './clock.ts'
import {
  accessTokenLife,
  cibaLife,
  codeLife,
  interactionLife,
  refreshTokenLife,
  sessionLife,
} from './lifetimes.ts'
import type { ProviderPages } from './layout.ts'
import { pagesPath, pscScopes, routes, type Setting } from './setting.ts'
import { mutualTls } from './tls/mtls.ts'
import { userinfoClaims } from './userinfo.ts'

/** The OpenID provider itself, as near to PSC as it can be told to be; `wiring.ts` changes what it cannot. */
export function createProvider(setting: Setting, pages: ProviderPages): Provider {
  const provider = new Provider(setting.issuer, configuration(setting, pages))
  // Nothing of a real user passes here, and a fault of the simulator must be seen.
  provider.on('server_error', (_ctx, error) => console.error(error))
  // Koa would also tell of those who cut an answer short: they have read enough of it.
  provider.silent = true
  return provider
}

function configuration(setting: Setting, pages: ProviderPages): Configuration {
  const { url, realm, clients, traits, clock, storage, keys, phone } = setting
  const { port, protocol } = new URL(url)
  const { kid, own } = keys.current()
  const isSecure = protocol === 'https:'
  return {
    adapter: phone === null ? storage.adapter : phone.watchPolls(storage.adapter),
    clients: [...clients],
    // What leaves is signed again, by the key of that moment (wiring.ts).
    jwks: { keys: [{ ...own.privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] },
    routes,
    scopes: pscScopes,
    acrValues: ['eidas1', 'eidas2', 'eidas3'],
    // `authMode` leaves the ID token in rewriting.ts, unless a broker has it there.
    claims: { openid: ['sub', 'sid', 'acr', 'auth_time', 'authMode'], scope_all: userinfoClaims },
    responseTypes: ['code'],
    clientAuthMethods: [
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
      'none',
      ...(isSecure ? (['tls_client_auth'] as const) : []),
    ],
    assertJwtClientAuthClaimsAndHeader: (_ctx, { iat, nbf, exp }) => {
      // oidc-provider has looked at this machine's clock, not at the simulator's.
      const now = machineSeconds() + clock.offset()
      if (isBefore(exp, now) || isBefore(now, iat ?? now) || isBefore(now, nbf ?? now))
        throw new errors.InvalidClientAuth('the client assertion is not of this time')
    },
    clockTolerance: 0,
    ttl: {
      AccessToken: accessTokenLife,
      AuthorizationCode: codeLife,
      BackchannelAuthenticationRequest: cibaLife,
      IdToken: accessTokenLife,
      RefreshToken: refreshTokenLife,
      Interaction: interactionLife,
      Grant: (traits.sessionSeconds ?? sessionLife) + refreshTokenLife,
      Session: (_ctx, session) => sessionTtl(traits, session.loginTs),
    },
    cookies: {
      // A cookie does not know ports, and another simulator may be another port of localhost.
      names: { session: `session_${port}`, interaction: `page_${port}`, resume: `reprise_${port}` },
      long: { httpOnly: true, sameSite: 'lax', path: '/auth' },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    interactions: { url: (_ctx, { uid }) => `${realm}${pagesPath}/${uid}` },
    findAccount: (ctx, sub, token) => account(ctx, sub, token, setting),
    extraTokenClaims: (ctx, token) => introspected(ctx, token, setting),
    ...(phone === null ? {} : { extraParams: ['channel'] }),
    loadExistingGrant: grantEverything,
    // PSC gives one without `offline_access`.
    issueRefreshToken: () => traits.noRefreshToken !== true,
    rotateRefreshToken: async (ctx) => {
      await keepSession(ctx, traits)
      return true
    },
    clientBasedCORS: () => false,
    renderError: (ctx, { error, error_description }) => pages.error(ctx, error, error_description),
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: setting.isPsc },
      ...(isSecure ? { mTLS: mutualTls } : {}),
      ...(phone === null ? {} : { ciba: ciba(phone) }),
      introspection: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      revocation: {
        enabled: traits.noRevocation !== true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: pages.logout,
        postLogoutSuccessSource: pages.loggedOut,
      },
    },
  }
}

/** Keycloak allows clocks this much, in seconds. */
const assertionTolerance = 15

function isBefore(moment: unknown, other: unknown): boolean {
  return typeof moment === 'number' && typeof other === 'number' && moment < other - assertionTolerance
}

/** Nobody is asked for consent: PSC does not. Another identification of the same session keeps its tokens. */
async function grantEverything(ctx: KoaContextWithOIDC) {
  const { client, session, provider, requestParamScopes } = ctx.oidc
  if (client === undefined || session?.accountId === undefined) return undefined
  const { clientId } = client
  const id = session.grantIdFor(clientId)
  const known = id === undefined ? undefined : await provider.Grant.find(id)
  const grant = known ?? new provider.Grant({ clientId, accountId: session.accountId })
  grant.addOIDCScope([...requestParamScopes].join(' '))
  await grant.save()
  return grant
}
