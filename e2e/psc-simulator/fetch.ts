import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { buffer } from 'node:stream/consumers'

/** What a client trusts and shows, in PEM. */
export type Tls = Pick<RequestOptions, 'ca' | 'cert' | 'key'>

export type Asked = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: URLSearchParams
}

/** As `fetch` without following redirections, which cannot be told of another authority. */
export async function fetchWith(tls: Tls, url: string | URL, asked: Asked = {}): Promise<Response> {
  const { method = 'GET', headers = {}, body } = asked
  const form = body && { 'content-type': 'application/x-www-form-urlencoded' }
  const options = { ...tls, method, headers: { ...form, ...headers } }
  const request = new URL(url).protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options)
  const answered = once(request, 'response')
  // Who waits for the answer, or reads it, is told by that.
  request.on('error', () => undefined)
  request.end(body?.toString())
  const [message]: IncomingMessage[] = await answered
  if (message === undefined) throw new Error('No answer.')
  const { statusCode: status = 0 } = message
  const content = await buffer(message)
  const answer = new Response(hasBody(status) ? new Uint8Array(content) : null, { status })
  for (const [name, values] of Object.entries(message.headersDistinct))
    for (const value of values ?? []) answer.headers.append(name, value)
  return answer
}

/** Those that cannot have one (Fetch Standard §2.2.3). */
function hasBody(status: number): boolean {
  return status !== 204 && status !== 304
}
