import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** A port of this machine where somebody answers by hand. */
export type Answering = {
  readonly url: string
  /** How many connections were made, and how many requests. */
  readonly connections: () => number
  readonly requests: () => number
  /** How many connections are open. */
  readonly open: () => number
  readonly close: () => Promise<void>
}

/** Answers each request of a client with what `answer` writes, to the byte. */
export async function answering(answer: (socket: Socket) => void): Promise<Answering> {
  const sockets = new Set<Socket>()
  let connections = 0
  let requests = 0
  const server = createServer((socket) => {
    connections += 1
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.on('data', () => {
      requests += 1
      answer(socket)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${portOf(server)}/`,
    connections: () => connections,
    requests: () => requests,
    open: () => sockets.size,
    close: async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return address.port
}
