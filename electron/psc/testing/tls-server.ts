import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import type { Server } from 'node:net'
import { TLSSocket } from 'node:tls'
import { onTestFinished } from 'vitest'

/** A secure server of this machine, which answers with the name in its client's certificate, until the test ends. */
export async function startTlsServer(
  options: ServerOptions,
): Promise<{ readonly port: number; readonly connections: () => number }> {
  let connections = 0
  const server = createServer(options, ({ socket }, response) => {
    const shown = socket instanceof TLSSocket ? socket.getPeerCertificate() : null
    response.end(String(shown?.subject?.CN ?? ''))
  })
  server.on('secureConnection', () => {
    connections += 1
  })
  return { port: await listening(server), connections: () => connections }
}

/** Listens on a free port until the test ends. */
export async function listening(server: Server & Pick<HttpServer, 'closeAllConnections'>): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.close()
    server.closeAllConnections()
    if (server.listening) await once(server, 'close')
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return address.port
}
