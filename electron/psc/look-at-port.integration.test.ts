import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createSilent } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { lookAtPort } from './look-at-port.ts'
import { openLoopback } from './loopback.ts'
import { addresses, freePort, isFree } from './testing/ports.ts'
import { pages, registeredOn } from './testing/registered.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

describe('a look at a port', () => {
  it('finds it free, and leaves it so', async () => {
    const port = await freePort()
    expect(await lookAtPort(port)).toBe('free')
    expect(await isFree(port)).toBe(true)
  })

  it('knows a Comptoir that waits for its browser, and leaves it waiting', async () => {
    const port = await freePort()
    const loopback = await openLoopback(registeredOn([port]), pages)
    if (loopback === null) throw new Error('taken meanwhile')
    stops.push(loopback.close)
    const returned = loopback.returned('state')
    expect(await lookAtPort(port)).toBe('ours')
    const browser = await fetch(`${loopback.redirectUri}?state=state&code=c`)
    expect(browser.status).toBe(200)
    expect((await returned).searchParams.get('code')).toBe('c')
  })

  it.each([...addresses, 'both'] as const)(
    'finds it taken on %s by one that says nothing',
    async (address) => {
      const port = await freePort()
      for (const host of address === 'both' ? addresses : [address]) {
        const server = createSilent((socket) => socket.on('error', () => undefined).resume())
        server.listen({ port, host, exclusive: true })
        await once(server, 'listening')
        stops.push(() => server.close())
      }
      expect(await lookAtPort(port)).toBe('taken')
    },
  )

  it('is not deceived by another server', async () => {
    const server = createServer((_, response) =>
      response.writeHead(200).end('x — Comptoir</title>'.repeat(9000)),
    )
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    stops.push(() => server.close())
    const address = server.address()
    expect(await lookAtPort(typeof address === 'object' && address !== null ? address.port : 0)).toBe('taken')
  })
})
