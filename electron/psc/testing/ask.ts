import { once } from 'node:events'
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

type Asked = {
  readonly method?: string
  /** As it is sent: nothing of it is made tidy. */
  readonly path?: string
  readonly headers?: OutgoingHttpHeaders
  readonly address?: string
}

/** One request to a port of this machine, to the letter. */
export async function ask(port: number, asked: Asked = {}): Promise<Answer> {
  const { method = 'GET', path = '/', headers = {}, address = '127.0.0.1' } = asked
  const sent = request({
    host: address,
    port,
    method,
    path,
    headers: { Host: `localhost:${port}`, ...headers },
    agent: false,
  })
  const message = new Promise<Answer>((resolve, reject) => {
    sent.once('error', reject)
    sent.once('response', (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject,
      )
    })
  })
  sent.end()
  return message
}

/** What is answered to these very bytes. */
export async function askRaw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(bytes)
  return text(socket)
}
