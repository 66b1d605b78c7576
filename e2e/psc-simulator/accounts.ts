import type { AccessToken, Account, ClientCredentials, KoaContextWithOIDC, Session } from 'oidc-provider'
import type { BrokerTraits } from './broker.ts'
import { machineSeconds } from './clock.ts'
import type { Means } from './identities.ts'
import { sessionIdleLife, sessionLife } from './lifetimes.ts'
import type { Setting } from './setting.ts'

// Who is identified, as oidc-provider asks for it, and the sessions in which they are.

export async function account(
  ctx: KoaContextWithOIDC,
  sub: string,
  token: object | undefined,
  setting: Setting,
): Promise<Account | undefined> {
  const sessionUid = sessionUidOf(token)
  const means = await meansOf(ctx, sessionUid)
  const claims = setting.userinfo(sub, means)
  if (claims === undefined) return undefined
  return {
    accountId: sub,
    claims: (use) => (use === 'userinfo' ? { ...claims, sub } : { sub, sid: sessionUid, authMode: means }),
  }
}

/** What introspection adds (psc.md §4.2). */
export async function introspected(
  ctx: KoaContextWithOIDC,
  token: AccessToken | ClientCredentials,
  { clock, userinfo }: Setting,
): Promise<Record<string, unknown>> {
  if (token.kind !== 'AccessToken') return {}
  const session = await sessionOf(ctx, token.sessionUid)
  const means = await meansOf(ctx, token.sessionUid)
  const claims = userinfo(token.accountId, means)
  if (claims === undefined || session === undefined) return {}
  return {
    typ: 'Bearer',
    azp: token.clientId,
    auth_time: (session.loginTs ?? 0) + clock.offset(),
    acr: session.acr,
    sid: session.uid,
    session_state: session.uid,
    preferred_username: claims['SubjectNameID'],
    authMode: means,
    otherIds: claims['otherIds'],
  }
}

/** A refresh is an activity of the session, as in Keycloak: PSC's go on long after 30 minutes (psc.md §6). */
export async function keepSession(ctx: KoaContextWithOIDC, traits: BrokerTraits): Promise<void> {
  const session = await sessionOf(ctx, sessionUidOf(ctx.oidc.entities.RefreshToken))
  await session?.save(sessionTtl(traits, session.loginTs))
}

/** How long a session lives from now on, in whole seconds that oidc-provider wants positive. */
export function sessionTtl({ sessionSeconds }: BrokerTraits, loginTs: number | undefined): number {
  if (sessionSeconds !== undefined) return sessionSeconds
  const left = loginTs === undefined ? Infinity : loginTs + sessionLife - machineSeconds()
  return Math.max(1, Math.min(sessionIdleLife, left))
}

export async function sessionOf(
  ctx: KoaContextWithOIDC,
  uid: string | undefined,
): Promise<Session | undefined> {
  return uid === undefined ? undefined : ctx.oidc.provider.Session.findByUid(uid)
}

async function meansOf(ctx: KoaContextWithOIDC, sessionUid: string | undefined): Promise<Means> {
  const session = await sessionOf(ctx, sessionUid)
  return session?.amr?.[0] === 'MOBILE' ? 'MOBILE' : 'CARD'
}

function sessionUidOf(token: object | undefined): string | undefined {
  return token !== undefined && 'sessionUid' in token && typeof token.sessionUid === 'string'
    ? token.sessionUid
    : undefined
}
