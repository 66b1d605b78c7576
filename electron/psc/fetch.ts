import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { createSecureContext, rootCertificates } from 'node:tls'
import type { CustomFetch, CustomFetchOptions } from 'openid-client'
import type { Clock } from '../clock.ts'
import type { TlsIdentity } from './credential.ts'
import { asEndpointError, EndpointError } from './endpoint-error.ts'
import { proxyAgents, type Agents } from './proxy.ts'

/** What a provider's endpoint is given to answer, and how much of an answer is read. */
export type FetchLimits = { readonly timeoutMs: number; readonly maxBytes: number }

/** PSC's own answers are a few kilobytes; what is longer is not one. */
export const usualLimits: FetchLimits = { timeoutMs: 10_000, maxBytes: 1024 * 1024 }

/** How this workstation reaches a provider. */
export type Network = {
  /** `http(s)://[user:password@]host[:port]`; null: none. What is on this machine is reached without it. */
  readonly proxy: string | null
  /** Authorities that are trusted besides the usual ones, in PEM. */
  readonly authorities: string | null
  /** Shown to whoever asks for a certificate. */
  readonly identity: TlsIdentity | null
}

export type Fetch = {
  /** For openid-client. Rejects with `EndpointError`; redirections are not followed. */
  readonly fetch: CustomFetch
  /** The provider's time by its last dated answer, in seconds since 1970; null before the first. */
  readonly providerNow: () => number | null
  /**
   * By how many minutes this workstation's clock was wrong at the last dated answer, ahead when positive; null before
   * the first, and below the five minutes that keep nobody out.
   */
  readonly wrongMinutes: () => number | null
  /** Ends the connections that serve nothing; those that do end by themselves. */
  readonly close: () => void
}

/**
 * A connection that served nothing for so long is not used again: a router, or the computer's sleep, may have ended it
 * unnoticed, and a code is sent once only.
 */
const idleMs = 1000

/** Seconds by which this workstation's clock may be wrong: what is written down would be false beyond. */
export const clockTolerance = 300

/**
 * Requests over node:http(s), which are the same on every Electron: bounded in time and in size, whatever the other
 * side does.
 * @throws {Error} when `network` holds what TLS or a URL cannot be made of
 */
export function createFetch(
  { timeoutMs, maxBytes }: FetchLimits,
  clock: Pick<Clock, 'now'>,
  { proxy, authorities, identity }: Network,
): Fetch {
  const kept = { keepAlive: true, timeout: idleMs }
  // Without `ca`, Node trusts its own list alone; with it, that one alone.
  const ca = authorities === null ? {} : { ca: [...rootCertificates, authorities] }
  const tls = { secureContext: createSecureContext({ minVersion: 'TLSv1.2', ...ca, ...identity }) }
  const direct: Agents = { http: new HttpAgent(kept), https: new HttpsAgent(kept) }
  const proxied = proxy === null ? direct : proxyAgents(proxy, timeoutMs, { ...kept, ...ca })
  let skewMs: number | null = null

  const fetch = async (href: string, { method, headers, body }: CustomFetchOptions): Promise<Response> => {
    const url = new URL(href)
    const agents = isThisMachine(url) ? direct : proxied
    const { answer, receivedMs } = await new Promise<Answered>((resolve, reject) => {
      const options = { method, headers }
      const sent =
        url.protocol === 'https:'
          ? httpsRequest(url, { ...options, ...tls, agent: agents.https })
          : httpRequest(url, { ...options, agent: agents.http })
      // A request that has no connection yet does not tell that it was ended.
      const late = setTimeout(() => {
        reject(new EndpointError('too-slow'))
        sent.destroy()
      }, timeoutMs)
      let answered = false
      sent.on('error', (error) => reject(asEndpointError(error, 'unreachable', sent.socket)))
      sent.once('response', (message) => {
        answered = true
        const receivedMs = clock.now().getTime()
        readAll(message, maxBytes)
          .then((content) => resolve({ answer: responseOf(message, content), receivedMs }))
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
    skewMs = skewOf(answer.headers, receivedMs) ?? skewMs
    return answer
  }

  return {
    fetch,
    providerNow: () => (skewMs === null ? null : (clock.now().getTime() - skewMs) / 1000),
    wrongMinutes: () =>
      skewMs === null || Math.abs(skewMs) < clockTolerance * 1000 ? null : Math.round(skewMs / 60_000),
    close: () => {
      closeIdle(direct)
      closeIdle(proxied)
    },
  }
}

type Answered = { readonly answer: Response; readonly receivedMs: number }

function closeIdle({ http, https }: Agents): void {
  for (const { freeSockets } of [http, https]) {
    for (const socket of Object.values(freeSockets).flat()) socket?.destroy()
  }
}

function isThisMachine({ hostname }: URL): boolean {
  return /^(?:(?:.*\.)?localhost|127(?:\.\d+){3}|\[::1\])$/u.test(hostname)
}

/**
 * How far ahead of an answer's date it was received, in milliseconds; null where it has none (RFC 9110 §6.6.1). What a
 * cache hands out was made so long before (RFC 9111 §5.1).
 */
function skewOf(headers: Headers, receivedMs: number): number | null {
  const ageMs = Number(headers.get('age') ?? 0) * 1000
  const skew = receivedMs - Date.parse(headers.get('date') ?? '') - ageMs
  return Number.isNaN(skew) ? null : skew
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
