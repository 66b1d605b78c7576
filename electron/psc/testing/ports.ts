import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/** Both meanings of `localhost`. */
export const addresses = ['127.0.0.1', '::1'] as const
type Address = (typeof addresses)[number]

/** Ports that are free on both addresses, below those that systems give to outgoing connections. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>()
  while (found.size < count) {
    const port = randomInt(12_000, 32_000)
    if (await isFree(port)) found.add(port)
  }
  return [...found]
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1)
  if (port === undefined) throw new Error('No free port.')
  return port
}

/** Whether another program could listen on this port, on both addresses. */
export async function isFree(port: number): Promise<boolean> {
  const taken = await take(port, ...addresses).catch(() => null)
  await taken?.()
  return taken !== null
}

/**
 * Takes a port as another program would; what connects to it is left without an answer.
 * @returns what gives it back
 * @throws {Error} when it is not free
 */
export async function take(port: number, ...hosts: Address[]): Promise<() => Promise<void>> {
  const servers: Server[] = []
  const giveBack = async (): Promise<void> => {
    await Promise.all(servers.map(close))
  }
  try {
    for (const host of hosts) {
      const server = createServer()
      server.listen({ port, host, exclusive: true })
      await once(server, 'listening')
      servers.push(server)
    }
  } catch (error) {
    await giveBack()
    throw error
  }
  return giveBack
}

async function close(server: Server): Promise<void> {
  server.close()
  await once(server, 'close')
}
