import { createServer } from 'node:http'
import { createServer as createSecureServer, type ServerOptions } from 'node:https'
import { connect } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { listening } from './tls-server.ts'

/** A proxy of this machine, until the test ends: every name leads it to this machine. */
export async function startProxy(
  credentials: string | null = null,
  tls: ServerOptions | null = null,
  shown: unknown[] = [],
): Promise<{
  readonly port: number
  /** What it was asked for, in order; `refused` where its credentials were missing. */
  readonly asked: readonly string[]
}> {
  const asked: string[] = []
  const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`
  const admits = (given: string | undefined): boolean => expected === null || given === expected
  const server = tls === null ? createServer() : createSecureServer(tls)
  server.on('secureConnection', (socket: TLSSocket) => shown.push(socket.getPeerCertificate()))
  server.on('connect', ({ url = '', headers }, socket) => {
    if (!admits(headers['proxy-authorization'])) {
      asked.push('refused')
      // Its date is not that of a provider.
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nDate: Sun, 22 Nov 2020 10:00:00 GMT\r\n\r\n')
      return
    }
    asked.push(`CONNECT ${url}`)
    const target = connect(Number(url.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      target.pipe(socket).pipe(target)
    })
    target.on('error', () => socket.destroy())
    socket.on('error', () => target.destroy())
    socket.on('close', () => target.destroy())
  })
  return { port: await listening(server), asked }
}
