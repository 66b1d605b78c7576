import diagnostics from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** What a server of this process is asked, and answers. */
export type Exchange = {
  readonly request: IncomingMessage
  readonly asked: string
  readonly answered: string
}

/**
 * Tells `hear` of each exchange of the server on this port, http or https, once it is answered. Nothing of it changes.
 */
export function tap(port: number, hear: (exchange: Exchange) => void): void {
  diagnostics.subscribe('http.server.request.start', (message) => {
    if (!isStart(message) || message.request.socket.localPort !== port) return
    const { request, response } = message
    const asked: Uint8Array[] = []
    const answered: Uint8Array[] = []
    const push = request.push.bind(request)
    request.push = (chunk, encoding) => {
      if (chunk instanceof Uint8Array) asked.push(chunk)
      return push(chunk, encoding)
    }
    keep(response, answered)
    response.once('finish', () => {
      hear({
        request,
        asked: Buffer.concat(asked).toString(),
        answered: Buffer.concat(answered).toString(),
      })
    })
  })
}

/** Keeps what is written, whole or in parts. */
function keep(response: ServerResponse, chunks: Uint8Array[]): void {
  const hear = (chunk: unknown): void => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk))
    else if (chunk instanceof Uint8Array) chunks.push(chunk)
  }
  for (const name of ['write', 'end'] as const) {
    const real: unknown = Reflect.get(response, name)
    Reflect.set(response, name, (...given: unknown[]): unknown => {
      hear(given[0])
      return typeof real === 'function' ? Reflect.apply(real, response, given) : undefined
    })
  }
}

function isStart(message: unknown): message is { request: IncomingMessage; response: ServerResponse } {
  return typeof message === 'object' && message !== null && 'request' in message && 'response' in message
}
