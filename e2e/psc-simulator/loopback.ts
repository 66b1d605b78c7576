import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'

/** A port of loopback, listened to on both addresses that `localhost` may mean. */
export type Door = {
  readonly port: number
  /** Answers with this. */
  readonly admit: (listener: RequestListener) => void
  readonly close: () => Promise<void>
}

/** Ports of 127.0.0.1 that were free but are taken on ::1: rare, so a few attempts are enough. */
const attempts = 5

/**
 * Listens on 127.0.0.1 and, where this machine has IPv6, on ::1.
 * @param port 0 for any that is free on both
 * @param tls what it shows; null: http
 * @throws {Error} when the port is taken
 */
export async function openDoor(port: number, tls: ServerOptions | null): Promise<Door> {
  for (let attempt = 1; ; attempt += 1) {
    const first = await listen('127.0.0.1', port, tls)
    const taken = portOf(first)
    try {
      const second = await listen('::1', taken, tls)
      return door(taken, [first, second])
    } catch (error) {
      if (hasNoIpv6(error)) return door(taken, [first])
      await close(first)
      if (port !== 0 || attempt === attempts) throw error
    }
  }
}

function door(port: number, servers: readonly Server[]): Door {
  return {
    port,
    admit: (listener) => {
      for (const server of servers) server.on('request', listener)
    },
    close: async () => {
      await Promise.all(servers.map(close))
    },
  }
}

async function listen(host: string, port: number, tls: ServerOptions | null): Promise<Server> {
  const server: Server = tls === null ? createServer() : createTlsServer(tls)
  server.listen({ host, port, exclusive: true })
  await once(server, 'listening')
  return server
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The simulator has no port.')
  return address.port
}

function hasNoIpv6(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
  )
}
