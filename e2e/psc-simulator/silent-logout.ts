import type { IncomingMessage } from 'node:http'
import type { Provider } from 'oidc-provider'
import type { BrokerTraits } from './broker.ts'
import { form, posting } from './form.ts'
import { adaptLogout, type Hints } from './requests.ts'
import { isMembers } from './rewriting.ts'
import { routes } from './setting.ts'

/** What the logout uses of Koa's context. */
type Posted = {
  method: string
  path: string
  querystring: string
  status: number
  body: unknown
  req: IncomingMessage
  readonly request: { req: IncomingMessage }
  /** There once oidc-provider has answered. */
  readonly oidc?: {
    readonly entities: { readonly RefreshToken?: { readonly sessionUid?: string | undefined } | undefined }
  }
}

type Logout = { readonly traits: BrokerTraits; readonly hints: Hints }

/**
 * Answers what is posted to the end-session endpoint. With a refresh token it is Keycloak's logout without a browser,
 * unless the provider knows none; otherwise it is as if the browser had asked (RP-Initiated Logout 1.0 §2).
 */
export async function answerLogout(
  provider: Provider,
  { traits, hints }: Logout,
  ctx: Posted,
  next: () => Promise<unknown>,
): Promise<void> {
  if (ctx.method !== 'POST' || ctx.path !== routes.end_session) {
    await next()
    return
  }
  const fields = await form(ctx.req)
  const token = fields.get('refresh_token')
  if (token !== null && traits.noSilentLogout !== true) {
    fields.delete('refresh_token')
    fields.set('token', token)
    await endSession(provider, fields, ctx, next)
  } else {
    adaptLogout(fields, traits, hints)
    ctx.method = 'GET'
    ctx.querystring = fields.toString()
    await next()
  }
}

/**
 * Introspection finds the token and knows its client, and answers a client that fails to authenticate itself; the
 * session of the token then ends: 204, or 400 for what is no refresh token of this client any more.
 */
async function endSession(
  provider: Provider,
  fields: URLSearchParams,
  ctx: Posted,
  introspect: () => Promise<unknown>,
): Promise<void> {
  const request = posting(ctx.req, fields)
  ctx.req = request
  ctx.request.req = request
  ctx.path = routes.introspection
  await introspect()
  if (ctx.status !== 200) return
  const isActive = isMembers(ctx.body) && ctx.body['active'] === true
  const uid = isActive ? ctx.oidc?.entities.RefreshToken?.sessionUid : undefined
  const session = uid === undefined ? undefined : await provider.Session.findByUid(uid)
  if (session === undefined) {
    ctx.status = 400
    ctx.body = { error: 'invalid_grant', error_description: 'Invalid refresh token' }
  } else {
    await session.destroy()
    ctx.status = 204
    ctx.body = null
  }
}
