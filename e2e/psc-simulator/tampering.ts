import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'

export type Endpoint =
  'discovery' | 'token' | 'userinfo' | 'jwks' | 'authorization' | 'end-session' | 'revocation' | 'ciba'

/** An answer as it is about to leave; the names of headers are in lower case. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body: string
}

/**
 * How an endpoint's answers are spoiled: another answer is made of the real one, or the response is written by hand
 * and the real one, although the request had its effect, is thrown away.
 */
export type Tampering =
  | { readonly answer: (real: Answer) => Answer | Promise<Answer> }
  | { readonly raw: (response: ServerResponse, request: IncomingMessage) => void | Promise<void> }

/** What is spoiled of one simulator. */
export type SimulatorTampering = {
  readonly set: (endpoint: Endpoint, tampering: Tampering | null) => void
  readonly of: (endpoint: Endpoint) => Tampering | undefined
  readonly setIdToken: (change: ((idToken: string) => Promise<string>) | null) => void
  /** The ID token to hand out instead of this one. */
  readonly idToken: (idToken: string) => Promise<string>
}

export function createTampering(initial: Partial<Record<Endpoint, Tampering>>): SimulatorTampering {
  const tamperings: Partial<Record<Endpoint, Tampering>> = { ...initial }
  let change: ((idToken: string) => Promise<string>) | null = null
  return {
    set: (endpoint, tampering) => {
      if (tampering === null) delete tamperings[endpoint]
      else tamperings[endpoint] = tampering
    },
    of: (endpoint) => tamperings[endpoint],
    setIdToken: (next) => {
      change = next
    },
    idToken: async (idToken) => (change === null ? idToken : change(idToken)),
  }
}

/** What is spoiled, of Koa's context. */
type Spoiled = {
  status: number
  body: unknown
  respond?: boolean | undefined
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly set: (header: string, value: string | string[]) => void
}

/** Puts another answer in the place of the one that is ready. */
export async function spoil(ctx: Spoiled, tampering: Tampering | undefined, date: string): Promise<void> {
  if (tampering === undefined) return
  const { res } = ctx
  const real: Answer = { status: ctx.status, headers: texts(res.getHeaders()), body: asText(ctx.body) }
  for (const header of res.getHeaderNames()) res.removeHeader(header)
  ctx.set('Date', date)
  if ('raw' in tampering) {
    ctx.respond = false
    res.statusCode = 200
    await tampering.raw(res, ctx.req)
    return
  }
  const { status, headers, body } = await tampering.answer(real)
  ctx.status = status
  ctx.body = body
  for (const [header, value] of Object.entries(headers))
    if (header.toLowerCase() !== 'content-length') ctx.set(header, value)
}

function asText(body: unknown): string {
  if (body === undefined || body === null) return ''
  return typeof body === 'string' ? body : JSON.stringify(body)
}

function texts(headers: OutgoingHttpHeaders): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value : value === undefined ? '' : String(value),
    ]),
  )
}
