import {
  Provider,
  type AccessToken,
  type Account,
  type ClientCredentials,
  type Configuration,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import type { BrokerTraits } from './broker.ts'
import { machineSeconds } from './clock.ts'
import { identityOfSub, type Identity, type Means } from './identities.ts'
import {
  accessTokenLife,
  codeLife,
  interactionLife,
  refreshTokenLife,
  sessionIdleLife,
  sessionLife,
} from './lifetimes.ts'
import type { Pages } from './pages.ts'
import { pagesPath, realmPath, routes, type Setting } from './setting.ts'
import { otherIds, userinfo, userinfoClaims } from './userinfo.ts'

/** The OpenID provider itself, as near to PSC as it can be told to be; `wiring.ts` changes what it cannot. */
export function createProvider(setting: Setting, pages: Pages): Provider {
  const provider = new Provider(setting.issuer, configuration(setting, pages))
  // Nothing of a real user passes here, and a fault of the simulator must be seen.
  provider.on('server_error', (_ctx, error) => console.error(error))
  // Koa would also tell of those who cut an answer short: they have read enough of it.
  provider.silent = true
  return provider
}

function configuration(setting: Setting, pages: Pages): Configuration {
  const { url, clients, traits, storage, keys } = setting
  const { port } = new URL(url)
  return {
    adapter: storage.adapter,
    clients,
    jwks: {
      keys: [{ ...keys.own.privateKey.export({ format: 'jwk' }), kid: keys.kid, alg: 'RS256', use: 'sig' }],
    },
    routes,
    scopes: ['openid', 'scope_all', 'identity', 'profile', 'email', 'rpps', 'referentiel', 'interop'],
    acrValues: ['eidas1', 'eidas2', 'eidas3'],
    // `authMode` leaves the ID token in rewriting.ts, unless a broker has it there.
    claims: { openid: ['sub', 'sid', 'acr', 'auth_time', 'authMode'], scope_all: userinfoClaims },
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    clockTolerance: 0,
    ttl: {
      AccessToken: accessTokenLife,
      AuthorizationCode: codeLife,
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
    interactions: { url: (_ctx, { uid }) => `${realmPath}${pagesPath}/${uid}` },
    findAccount: (ctx, sub, token) => account(ctx, sub, sessionUidOf(token)),
    extraTokenClaims: (ctx, token) => introspected(ctx, token, setting),
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
      pushedAuthorizationRequests: { enabled: false },
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

async function account(
  ctx: KoaContextWithOIDC,
  sub: string,
  sessionUid: string | undefined,
): Promise<Account | undefined> {
  const identity = identityOfSub(sub)
  if (identity === undefined) return undefined
  const means = await meansOf(ctx, sessionUid)
  return {
    accountId: sub,
    claims: (use) =>
      use === 'userinfo' ? { ...userinfo(identity, means), sub } : { sub, sid: sessionUid, authMode: means },
  }
}

/** What introspection adds (psc.md §4.2). */
async function introspected(
  ctx: KoaContextWithOIDC,
  token: AccessToken | ClientCredentials,
  { clock }: Setting,
): Promise<Record<string, unknown>> {
  if (token.kind !== 'AccessToken') return {}
  const identity = identityOfSub(token.accountId)
  const session = await sessionOf(ctx, token.sessionUid)
  if (identity === undefined || session === undefined) return {}
  return {
    typ: 'Bearer',
    azp: token.clientId,
    auth_time: (session.loginTs ?? 0) + clock.offset(),
    acr: session.acr,
    sid: session.uid,
    session_state: session.uid,
    preferred_username: identity.nationalId,
    authMode: await meansOf(ctx, token.sessionUid),
    otherIds: otherIds(identity),
  }
}

/** A refresh is an activity of the session, as in Keycloak: PSC's go on long after 30 minutes (psc.md §6). */
async function keepSession(ctx: KoaContextWithOIDC, traits: BrokerTraits): Promise<void> {
  const session = await sessionOf(ctx, sessionUidOf(ctx.oidc.entities.RefreshToken))
  await session?.save(sessionTtl(traits, session.loginTs))
}

/** How long a session lives from now on, in whole seconds that oidc-provider wants positive. */
function sessionTtl({ sessionSeconds }: BrokerTraits, loginTs: number | undefined): number {
  if (sessionSeconds !== undefined) return sessionSeconds
  const left = loginTs === undefined ? Infinity : loginTs + sessionLife - machineSeconds()
  return Math.max(1, Math.min(sessionIdleLife, left))
}

async function meansOf(ctx: KoaContextWithOIDC, sessionUid: string | undefined): Promise<Means> {
  const session = await sessionOf(ctx, sessionUid)
  return session?.amr?.[0] === 'MOBILE' ? 'MOBILE' : 'CARD'
}

async function sessionOf(ctx: KoaContextWithOIDC, uid: string | undefined) {
  return uid === undefined ? undefined : ctx.oidc.provider.Session.findByUid(uid)
}

function sessionUidOf(token: object | undefined): string | undefined {
  return token !== undefined && 'sessionUid' in token && typeof token.sessionUid === 'string'
    ? token.sessionUid
    : undefined
}

/** How an identification ends for oidc-provider. */
export function loginResult(identity: Identity, means: Means) {
  return { login: { accountId: identity.sub, acr: identity.acr, amr: [means] } }
}
