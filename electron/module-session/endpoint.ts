import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import * as z from 'zod'
import { eventText, isLast, stillThere, stillThereEveryMs, unkept } from './events.ts'
import type { Exchange } from './exchange.ts'
import { secretForm } from './secret.ts'
import type { Signer } from './signer.ts'

/** Where programs exchange their tickets, on this computer only. */
export type Endpoint = {
  /** `http://127.0.0.1:{port}` */
  readonly url: string
  /** Listens no more; what is being answered is given a moment. */
  readonly close: () => Promise<void>
}

/** What a request may be answered with when it is refused; the code of a refused ticket is the journal's. */
export type EndpointRefusal =
  | 'wrong-host'
  | 'from-a-browser'
  | 'not-found'
  | 'wrong-method'
  | 'wrong-type'
  | 'too-large'
  | 'malformed'
  | 'unknown-token'
  | 'too-many-streams'
  | 'unavailable'

type Parts = {
  exchange: Pick<Exchange, 'redeem' | 'behind' | 'malformed'>
  signer: Pick<Signer, 'keys'>
  /** A request that should have been answered was not: the database, a fault of ours. */
  failed: (cause: unknown) => void
}

export const limits = {
  bodyBytes: 4096,
  headerBytes: 8192,
  /** From the connection to the end of the headers, and of the request; looked at each half second. */
  headersMs: 2000,
  requestMs: 4000,
  connections: 100,
  streamsOfModule: 4,
  /** What a stream that nobody reads may keep waiting. */
  unreadBytes: 65_536,
} as const

/** An answer under way when listening ends is given this long. */
const lastAnswersMs = 300

const asked = z.strictObject({ ticket: z.string().regex(secretForm), module: z.string().max(64).optional() })

class Refused extends Error {
  readonly status: number
  readonly code: EndpointRefusal
  readonly headers: Record<string, string>
  constructor(status: number, code: EndpointRefusal, headers: Record<string, string> = {}) {
    super(code)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

/** Listens on a port that the system chooses. Rejects when there is none. */
export async function openEndpoint(parts: Parts): Promise<Endpoint> {
  const server = createServer({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: 500,
    maxHeaderSize: limits.headerBytes,
  })
  server.maxConnections = limits.connections
  // Nothing waits behind an answer: Node 18 never says of what does that its connection was closed.
  server.maxRequestsPerSocket = 1
  server.listen({ port: 0, host: '127.0.0.1', exclusive: true })
  await once(server, 'listening')
  // A connection that could not be taken (no descriptor left) ends nothing else.
  server.on('error', parts.failed)
  const { port } = addressOf(server)
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  server.on('request', (request, response) => {
    // A caller that goes away is no fault of ours.
    response.on('error', () => undefined)
    answer(parts, hosts, request, response).catch((error: unknown) => {
      if (!(error instanceof Refused)) parts.failed(error)
      const refusal = error instanceof Refused ? error : new Refused(503, 'unavailable')
      send(response, refusal.status, { error: refusal.code }, refusal.headers)
    })
  })
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const late = setTimeout(() => server.closeAllConnections(), lastAnswersMs)
      await closed
      clearTimeout(late)
    },
  }
}

async function answer(
  parts: Parts,
  hosts: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // DNS rebinding: a page that made its own name lead here would come by that name.
  if (!hosts.includes(request.headers.host ?? '')) throw new Refused(421, 'wrong-host')
  // Fetch, §3.1: a browser says for which page it asks. No page of any may.
  if (request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined) {
    throw new Refused(403, 'from-a-browser')
  }
  // The path as it was sent: an URL would tidy `..` away.
  switch (request.url ?? '') {
    case '/session':
      requireMethod(request, 'POST')
      return exchangeTicket(parts, request, response)
    case '/jwks.json':
      requireMethod(request, 'GET')
      return send(response, 200, await parts.signer.keys())
    case '/events':
      requireMethod(request, 'GET')
      return tellEvents(parts, request, response)
    default:
      throw new Refused(404, 'not-found')
  }
}

function requireMethod(request: IncomingMessage, method: string): void {
  if (request.method !== method) throw new Refused(405, 'wrong-method', { allow: method })
}

async function exchangeTicket(
  { exchange }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!/^application\/json(?:; ?charset=utf-8)?$/iu.test(request.headers['content-type'] ?? '')) {
    throw new Refused(415, 'wrong-type')
  }
  const parsed = asked.safeParse(parsedJson(await bodyOf(request)))
  if (!parsed.success) {
    exchange.malformed()
    throw new Refused(400, 'malformed')
  }
  const { ticket, module = null } = parsed.data
  const exchanged = await exchange.redeem(ticket, module)
  if (exchanged.kind === 'refused') {
    return send(response, exchanged.reason === 'operator-gone' ? 409 : 403, { error: exchanged.reason })
  }
  const { token, stream, module: id } = exchanged
  send(response, 200, { token, stream, module: id })
}

function tellEvents({ exchange }: Parts, request: IncomingMessage, response: ServerResponse): void {
  const [, secret = ''] = /^Bearer ([\w-]{43})$/u.exec(request.headers.authorization ?? '') ?? []
  const opening = exchange.behind(secret)
  if (opening === null) throw new Refused(401, 'unknown-token', { 'www-authenticate': 'Bearer' })
  if (opening.followers() >= limits.streamsOfModule) throw new Refused(429, 'too-many-streams')
  response.writeHead(200, { ...unkept, 'content-type': 'text/event-stream', connection: 'close' })
  const write = (text: string): void => {
    if (response.writableLength > limits.unreadBytes) response.destroy()
    else response.write(text)
  }
  const still = setInterval(() => write(stillThere), stillThereEveryMs)
  const stop = opening.follow((event) => {
    if (event !== null) write(eventText(event))
    if (isLast(event)) response.end()
  })
  response.once('close', () => {
    clearInterval(still)
    stop()
  })
}

/** The whole body, as text; never more than the limit is kept. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) throw new Refused(413, 'too-large')
  const parts: Buffer[] = []
  let bytes = 0
  try {
    // Left open when it is too long: what refuses it is still to be sent.
    for await (const part of request.iterator({ destroyOnReturn: false })) {
      bytes += part.length
      if (bytes > limits.bodyBytes) break
      parts.push(part)
    }
  } catch {
    // It was cut short by whoever sent it.
    throw new Refused(400, 'malformed')
  }
  if (bytes > limits.bodyBytes) throw new Refused(413, 'too-large')
  return Buffer.concat(parts).toString('utf8')
}

/** Undefined, which no schema takes, for what is not JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function send(
  response: ServerResponse,
  status: number,
  value: object,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  // One request a connection: none stays open for nothing.
  const all = { ...unkept, ...headers, 'content-type': 'application/json', connection: 'close' }
  response.writeHead(status, all)
  response.end(JSON.stringify(value))
}

function addressOf(server: Server): { port: number } {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the endpoint has no port')
  return address
}
