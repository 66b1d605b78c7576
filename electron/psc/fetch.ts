import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { CustomFetch, CustomFetchOptions } from 'openid-client'

/** What a provider's endpoint is given to answer, and how much of an answer is read. */
export type FetchLimits = { readonly timeoutMs: number; readonly maxBytes: number }

/** Why an endpoint gave no answer: it was not reached, took too long, cut its answer, failed (5xx) or never ended. */
export class EndpointError extends Error {
  readonly reason: 'unreachable' | 'too-slow' | 'cut' | 'server-error' | 'too-large'

  constructor(reason: EndpointError['reason'], cause?: unknown) {
    super(reason, { cause })
    this.name = 'EndpointError'
    this.reason = reason
  }
}

export type Fetch = {
  /** For openid-client. Rejects with `EndpointError`; redirections are not followed. */
  readonly fetch: CustomFetch
  /** The provider's time by its last answer, in seconds since 1970; null before the first that is dated. */
  readonly providerNow: () => number | null
}

/**
 * A connection that served nothing for so long is not used again: a router, or the computer's sleep, may have ended it
 * unnoticed, and a code is sent once only.
 */
const idleMs = 1000

/**
 * Requests over node:http(s), which are the same on every Electron: bounded in time and in size, whatever the other
 * side does.
 */
export function createFetch({ timeoutMs, maxBytes }: FetchLimits, monotonic: () => number): Fetch {
  const http = { request: httpRequest, agent: new HttpAgent({ keepAlive: true, timeout: idleMs }) }
  const https = {
    request: httpsRequest,
    agent: new HttpsAgent({ keepAlive: true, timeout: idleMs, minVersion: 'TLSv1.2' }),
  }
  let dated: { at: number; providerMs: number } | null = null

  const fetch = async (url: string, { method, headers, body }: CustomFetchOptions): Promise<Response> => {
    const answer = await new Promise<Response>((resolve, reject) => {
      const { request, agent } = new URL(url).protocol === 'https:' ? https : http
      const sent = request(url, { method, headers, agent })
      const late = setTimeout(() => sent.destroy(new EndpointError('too-slow')), timeoutMs)
      let answered = false
      sent.on('error', (error) => reject(asEndpointError(error, 'unreachable')))
      sent.once('response', (message) => {
        answered = true
        readAll(message, maxBytes)
          .then((content) => resolve(responseOf(message, content)))
          .catch((error: unknown) => {
            sent.destroy()
            reject(asEndpointError(error, 'cut'))
          })
      })
      sent.once('close', () => {
        clearTimeout(late)
        // Node ends a change of protocol (101) without a word.
        if (!answered) reject(new EndpointError('cut'))
      })
      sent.end(bodyOf(body))
    })
    const providerMs = Date.parse(answer.headers.get('date') ?? '')
    if (!Number.isNaN(providerMs)) dated = { at: monotonic(), providerMs }
    return answer
  }

  return {
    fetch,
    providerNow: () => (dated === null ? null : (dated.providerMs + monotonic() - dated.at) / 1000),
  }
}

/** Every answer of these endpoints is a text. */
async function readAll(message: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > maxBytes) throw new EndpointError('too-large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function responseOf(message: IncomingMessage, content: string): Response {
  const status = message.statusCode ?? 500
  // Some answer 999, which a Response cannot hold.
  if (status >= 500) throw new EndpointError('server-error')
  const headers = new Headers()
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  return new Response([204, 205, 304].includes(status) ? null : content, { status, headers })
}

/** The bodies that an OpenID client sends; it has no others. */
function bodyOf(body: CustomFetchOptions['body']): string | undefined {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string' || body instanceof URLSearchParams) return body.toString()
  throw new TypeError('unexpected request body')
}

function asEndpointError(error: unknown, otherwise: EndpointError['reason']): EndpointError {
  return error instanceof EndpointError ? error : new EndpointError(otherwise, error)
}
