import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import type { Provider } from 'oidc-provider'
import { signIdToken } from './id-tokens.ts'
import type { Visit } from './interaction.ts'
import { resourcesPath, type ProviderPages, type Shown } from './layout.ts'
import { forgetLoop } from './loop.ts'
import { rewriteMetadata } from './metadata.ts'
import { insideRealm, placeOf, type Place } from './requests.ts'
import {
  isMembers,
  rewriteIntrospection,
  rewriteTokens,
  rewriteUserinfo,
  shuffled,
  type Members,
} from './rewriting.ts'
import { routes, type Setting } from './setting.ts'
import { answerLogout } from './silent-logout.ts'
import { spoil, type Endpoint, type SimulatorTampering } from './tampering.ts'

export type Served = {
  readonly provider: Provider
  readonly pages: ProviderPages
  readonly setting: Setting
  readonly tampering: SimulatorTampering
  /** Answers on the provider's pages; resolves to whether the request was for one of them. */
  readonly visit: (visit: Visit) => Promise<boolean>
  readonly count: (endpoint: Endpoint) => void
}

/** What a browser or a client asks, from the address to the answer. */
export function serve({ provider, pages, setting, tampering, visit, count }: Served): RequestListener {
  const hints = new Map<string, string>()
  provider.use(async (ctx, next) => {
    const place = placeOf(ctx.path)
    if (place !== undefined && place !== 'introspection') count(place)
    // Node would say this machine's hour; set at once, it also stands in an answer written by hand.
    const date = new Date(Date.now() + setting.clock.offset() * 1000).toUTCString()
    ctx.set('Date', date)
    await next()
    if (place !== undefined && place !== 'introspection') await spoil(ctx, tampering.of(place), date)
  })
  provider.use(async (ctx, next) => {
    const { path } = ctx
    await next()
    await rewrite(ctx, placeOf(path), { setting, tampering, hints, pages })
    if (path === `${routes.end_session}/confirm`) forgetLoop(ctx.res)
  })
  provider.use((ctx, next) => answerLogout(provider, { traits: setting.traits, hints }, ctx, next))
  provider.use(async (ctx, next) => {
    if (!sendResource(ctx) && !(await visit(ctx))) await next()
  })
  const answer = provider.callback()
  return (request, response) => {
    const inside = insideRealm(request, setting, hints)
    if (inside === undefined) {
      response.writeHead(404).end()
      return
    }
    request.url = inside
    // oidc-provider finds the realm, for its own addresses, in what is missing from the end of the whole path.
    void answer(Object.assign(request, { originalUrl: `${setting.realm}${inside}` }), response)
  }
}

type Rewriting = {
  readonly setting: Setting
  readonly tampering: SimulatorTampering
  readonly hints: Map<string, string>
  readonly pages: ProviderPages
}

/** What the rewriting uses of Koa's context. */
type Answered = Shown & {
  readonly response: { readonly get: (header: string) => string }
  readonly remove: (header: string) => void
}

async function rewrite(ctx: Answered, place: Place | undefined, rewriting: Rewriting): Promise<void> {
  const { setting } = rewriting
  const { traits } = setting
  if (place === 'authorization') rewriteAuthorization(ctx, rewriting)
  if (ctx.status >= 400 && traits.terseErrors === true) terse(ctx, place)
  if (place === 'discovery' || place === 'jwks') keepable(ctx, setting.cacheControl[place])
  if (!isMembers(ctx.body)) return
  const members = ctx.status === 200 ? await rewriteMembers(ctx.body, place, rewriting) : ctx.body
  ctx.body = traits.shuffledMembers === true ? shuffled(members) : members
}

async function rewriteMembers(
  members: Members,
  place: Place | undefined,
  { setting, tampering, hints }: Rewriting,
): Promise<Members> {
  if (place === 'discovery') return rewriteMetadata(members, setting)
  if (place === 'jwks') return setting.keys.jwks()
  if (place === 'ciba' && typeof setting.phone?.interval === 'number')
    return { ...members, interval: setting.phone.interval }
  if (place === 'userinfo') return rewriteUserinfo(members, setting.traits)
  if (place === 'introspection') return rewriteIntrospection(members, setting)
  if (place !== 'token') return members
  return rewriteTokens(members, setting, async (claims, original) => {
    const signed = await signIdToken(setting.keys.current(), claims, { key: 'own' })
    const given = await tampering.idToken(signed)
    hints.set(given, original)
    return given
  })
}

function keepable(ctx: Answered, control: string | undefined): void {
  if (control !== undefined) ctx.set('Cache-Control', control)
}

/** What goes back to the client (brokers.md 4, 6). */
function rewriteAuthorization(ctx: Answered, { setting, pages }: Rewriting): void {
  const { traits, url } = setting
  if (traits.errorsStayOnPage === true && ctx.status >= 400) ctx.status = 200
  const location = ctx.response.get('Location')
  const target = URL.parse(location, url)
  if (location === '' || target === null || target.origin === url) return
  const error = target.searchParams.get('error')
  if (error !== null && traits.errorsStayOnPage === true) {
    ctx.remove('Location')
    ctx.status = 200
    pages.error(ctx, error, target.searchParams.get('error_description') ?? undefined)
  } else if (traits.noIss === true) {
    target.searchParams.delete('iss')
    ctx.set('Location', target.href)
  }
}

/** Errors of the endpoints as some brokers have them (brokers.md 10). */
function terse(ctx: Answered, place: Place | undefined): void {
  if (place === 'userinfo' && ctx.status === 401) {
    ctx.set('WWW-Authenticate', 'Bearer error=invalid_token, error_description="')
    ctx.body = ''
    ctx.status = 401
  } else if (place === 'token' && isMembers(ctx.body)) {
    ctx.body = { error: ctx.body['error'] }
    ctx.remove('WWW-Authenticate')
    ctx.status = 400
  }
}

const types: Readonly<Record<string, string>> = { 'style.css': 'text/css', 'envoi.js': 'text/javascript' }
const resources = new Map(
  Object.keys(types).map((name) => [
    `${resourcesPath}/${name}`,
    { type: types[name] ?? '', content: readFileSync(new URL(`resources/${name}`, import.meta.url), 'utf8') },
  ]),
)

/** @returns whether the request was for one of the files of the pages */
function sendResource(ctx: Shown & { readonly path: string }): boolean {
  const resource = resources.get(ctx.path)
  if (resource === undefined) return false
  ctx.status = 200
  ctx.type = resource.type
  ctx.body = resource.content
  return true
}
