import { eventText, isLast, stillThere, stillThereEveryMs, unkept } from './events.ts'
import type { Opening } from './opening.ts'
import { sessionScheme } from './scheme.ts'
import type { Signer } from './signer.ts'

const root = `${sessionScheme}://session/`

/** A request of a page, of which `Request` has more. */
export type PageRequest = {
  readonly url: string
  readonly method: string
  readonly headers: Pick<Headers, 'get'>
  /** The address of the page that asks; empty when it keeps it for itself. */
  readonly referrer: string
}

type Parts = {
  /** Null: nobody was connected when the page was opened. */
  opening: Opening | null
  signer: Pick<Signer, 'keys'>
  /** The module's own. */
  origins: readonly string[]
  failed: (cause: unknown) => void
}

/**
 * Answers a module's own page. Which frame asks has been looked at before (windows/session-scheme.ts); here, that what
 * it says of itself is the module's, for the sake of CORS. Never rejects.
 */
export async function answerPage(parts: Parts, request: PageRequest): Promise<Response> {
  const { opening, signer, origins, failed } = parts
  // Electron 25 tells no origin.
  const origin = request.headers.get('origin') ?? originOf(request.referrer)
  if (origin !== null && !origins.includes(origin)) return json(403, { error: 'wrong-origin' }, null)
  if (request.method !== 'GET') return json(405, { error: 'wrong-method' }, origin, { allow: 'GET' })
  try {
    switch (request.url) {
      case root:
        return json(200, await stateOf(opening), origin)
      case `${root}events`:
        return opening === null ? json(409, { error: 'nobody' }, origin) : events(opening, origin)
      case `${root}jwks.json`:
        return json(200, await signer.keys(), origin)
      default:
        return json(404, { error: 'not-found' }, origin)
    }
  } catch (error) {
    failed(error)
    return json(503, { error: 'unavailable' }, origin)
  }
}

/** The words of the events, and `nobody`; `token` only with `connected`. */
async function stateOf(opening: Opening | null): Promise<{ state: string; token: string | null }> {
  if (opening === null) return { state: 'nobody', token: null }
  const token = await opening.give()
  if (token !== null) return { state: 'connected', token }
  const { kind } = opening.standing()
  return { state: kind === 'here' ? 'ended' : kind, token: null }
}

const streamsOfPage = 4

function events(opening: Opening, origin: string | null): Response {
  if (opening.followers() >= streamsOfPage) return json(429, { error: 'too-many-streams' }, origin)
  const encoder = new TextEncoder()
  let stop: (() => void) | null = null
  let still: NodeJS.Timeout | undefined
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => {
      const end = (): void => {
        clearInterval(still)
        stop?.()
        stream.close()
      }
      still = setInterval(() => stream.enqueue(encoder.encode(stillThere)), stillThereEveryMs)
      stop = opening.follow((event) => {
        if (event !== null) stream.enqueue(encoder.encode(eventText(event)))
        if (isLast(event)) end()
      })
    },
    cancel: () => {
      clearInterval(still)
      stop?.()
    },
  })
  return new Response(body, { headers: headersFor(origin, { 'content-type': 'text/event-stream' }) })
}

function json(
  status: number,
  value: object,
  origin: string | null,
  more: Record<string, string> = {},
): Response {
  const headers = headersFor(origin, { 'content-type': 'application/json', ...more })
  return new Response(JSON.stringify(value), { status, headers })
}

/** Without an origin, or with one that is not the module's, a page is not let read it. */
function headersFor(origin: string | null, more: Record<string, string>): Record<string, string> {
  return { ...unkept, ...(origin === null ? {} : { 'access-control-allow-origin': origin }), ...more }
}

/** Null where a page keeps for itself where it is. */
function originOf(referrer: string): string | null {
  return /^https?:/u.test(referrer) ? new URL(referrer).origin : null
}
