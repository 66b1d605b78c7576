import { connect } from 'node:net'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { afterEach, describe, expect, it } from 'vitest'
import { openLoopback, type Loopback } from './loopback.ts'
import { ask } from './testing/ask.ts'
import { addresses, freePort, freePorts, isFree, take } from './testing/ports.ts'
import { pages, registeredOn } from './testing/registered.ts'

const toClose: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(toClose.splice(0).map((close) => close()))
})

async function open(ports: readonly number[]): Promise<Loopback | null> {
  const loopback = await openLoopback(registeredOn(ports), pages)
  if (loopback !== null) toClose.push(loopback.close)
  return loopback
}

async function takeFor(port: number, ...hosts: Parameters<typeof take>[1][]): Promise<void> {
  toClose.push(await take(port, ...hosts))
}

describe('the registered ports', () => {
  it('are tried in their order', async () => {
    const ports = await freePorts(3)
    const [first = 0, second = 0, third = 0] = ports
    const opened = [await open(ports), await open(ports), await open(ports)]
    expect(opened.map((one) => one?.redirectUri)).toEqual(registeredOn([first, second, third]).redirectUris)
    expect(opened.map((one) => one?.postLogoutRedirectUri)).toEqual(
      registeredOn([first, second, third]).postLogoutRedirectUris,
    )
    expect(await open(ports)).toBeNull()
  })

  it.each(addresses)('are passed over when %s alone is another program’s', async (address) => {
    const [first = 0, second = 0] = await freePorts(2)
    await takeFor(first, address)
    const opened = await open([first, second])
    expect(opened?.redirectUri).toBe(`http://localhost:${second}/psc/retour`)
    // Nothing is kept of the port that was passed over.
    await Promise.all(toClose.splice(0).map((close) => close()))
    expect(await isFree(first)).toBe(true)
  })

  it('may all be taken, one of them on one address only', async () => {
    const [first = 0, second = 0, third = 0] = await freePorts(3)
    await takeFor(first, ...addresses)
    await takeFor(second, '127.0.0.1')
    await takeFor(third, '::1')
    expect(await open([first, second, third])).toBeNull()
  })

  it('are ours alone, on both addresses', async () => {
    const port = await freePort()
    await open([port])
    for (const address of addresses) await expect(take(port, address)).rejects.toThrow('EADDRINUSE')
  })
})

describe('the end of listening', () => {
  it('gives the port back, twice asked', async () => {
    const port = await freePort()
    const loopback = await open([port])
    await Promise.all([loopback?.close(), loopback?.close()])
    await loopback?.close()
    expect(await isFree(port)).toBe(true)
    await expect(ask(port, { path: '/psc/retour' })).rejects.toThrow('ECONNREFUSED')
  })

  it('listens no more at once, and cuts within about a second what says nothing', async () => {
    const port = await freePort()
    const loopback = await open([port])
    // Browsers open a spare connection; and somebody is slow to write a request.
    const sockets = [connect(port, '127.0.0.1'), connect(port, '::1')]
    await Promise.all(sockets.map((socket) => once(socket, 'connect')))
    sockets[1]?.write('GET /psc/retour HTTP/1.1\r\n')
    const ended = Promise.all(
      sockets.map((socket) =>
        once(
          socket.on('error', () => undefined),
          'close',
        ),
      ),
    )
    const before = performance.now()
    const closing = loopback?.close()
    await expect(ask(port)).rejects.toThrow('ECONNREFUSED')
    const next = await open([port])
    expect(next?.redirectUri).toBe(loopback?.redirectUri)
    expect(performance.now() - before).toBeLessThan(800)
    for (const socket of sockets) socket.resume()
    await Promise.all([closing, ended])
    expect(performance.now() - before).toBeLessThan(1900)
  })

  it('lets the last answer reach the browser', async () => {
    const port = await freePort()
    const loopback = await open([port])
    const returned = loopback?.returned('etat').then(() => loopback.close())
    const { status, body } = await ask(port, { path: '/psc/retour?code=c&state=etat' })
    expect([status, body.endsWith('</html>\n')]).toEqual([200, true])
    const before = performance.now()
    await returned
    expect(performance.now() - before).toBeLessThan(800)
    expect(await isFree(port)).toBe(true)
  })

  it('leaves what is waited for waiting', async () => {
    const loopback = await open([await freePort()])
    let over = false
    void loopback?.returned('etat').then(() => (over = true))
    void loopback?.loggedOut('etat').then(() => (over = true))
    await loopback?.close()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(over).toBe(false)
  })
})
