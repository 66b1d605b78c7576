import { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'

/** The fields that a request posts. Its body is read, and is nobody else's any more. */
export async function form(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await text(request))
}

/** The same request, posting these fields: oidc-provider reads bodies itself. */
export function posting(request: IncomingMessage, fields: URLSearchParams): IncomingMessage {
  const body = Buffer.from(fields.toString())
  const copy = new IncomingMessage(request.socket)
  const { method, url, headers, httpVersion } = request
  Object.assign(copy, { method, url, httpVersion, complete: true })
  copy.headers = { ...headers, 'content-length': String(body.length) }
  copy.push(body)
  copy.push(null)
  return copy
}
