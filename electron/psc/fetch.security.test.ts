import type { Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { EndpointError } from './endpoint-error.ts'
import { createFetch } from './fetch.ts'
import { answering, type Answering } from './testing/answering.ts'
import { freePort } from './testing/ports.ts'

const limits = { timeoutMs: 300, maxBytes: 100_000 }
const clock = { now: () => new Date() }
const direct = { proxy: null, authorities: null, identity: null }
const get = { method: 'GET', headers: {}, body: undefined, redirect: 'manual' } as const

let server: Answering | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

/** What comes of a request that is answered so: the status, or why there is none. */
async function outcome(answer: (socket: Socket) => void): Promise<string | number> {
  server = await answering(answer)
  const { fetch } = createFetch(limits, clock, direct)
  return fetch(server.url, get).then(
    ({ status }) => status,
    (error: unknown) => (error instanceof EndpointError ? error.reason : String(error)),
  )
}

const say = (text: string) => (socket: Socket) => {
  socket.end(text)
}

const sized = (size: number) => say(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n${'a'.repeat(size)}`)
const dated = (date: string) => `HTTP/1.1 200 OK\r\nDate: ${date}\r\nContent-Length: 0\r\n\r\n`
const at = (milliseconds: number) => new Date(milliseconds).toUTCString()

describe('an endpoint', () => {
  it('answers', async () => {
    expect(await outcome(say('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'))).toBe(200)
    expect(server?.requests()).toBe(1)
  })

  it.each<[string, string | number, string]>([
    ['nothing', 'unreachable', ''],
    ['what is not HTTP', 'unreachable', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['half a header', 'unreachable', 'HTTP/1.1 200 OK\r\nContent-Ty'],
    ['headers without end', 'unreachable', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(200_000)}\r\n\r\n`],
    ['half a body', 'cut', 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{"sub":'],
    ['half a chunk', 'cut', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{"sub":'],
    ['a false chunk', 'unreachable', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
    ['500', 'server-error', 'HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n'],
    ['503', 'server-error', 'HTTP/1.1 503 Oops\r\nContent-Length: 0\r\n\r\n'],
    ['999', 'server-error', 'HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n'],
    ['042', 'cut', 'HTTP/1.1 042 Answer\r\nContent-Length: 0\r\n\r\n'],
    [
      'another protocol',
      'cut',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
    ],
    [
      'a redirection',
      302,
      'HTTP/1.1 302 Found\r\nLocation: http://localhost:1/\r\nContent-Length: 0\r\n\r\n',
    ],
    ['no content', 204, 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['another reset', 205, 'HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n'],
    [
      'information first',
      200,
      'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
    ],
  ])('that answers %s comes to %s', async (_what, expected, text) => {
    expect(await outcome(say(text))).toBe(expected)
  })

  it('that nobody listens behind is not reached', async () => {
    const { fetch } = createFetch(limits, clock, direct)
    const url = `http://127.0.0.1:${await freePort()}/`
    await expect(fetch(url, get)).rejects.toMatchObject({ reason: 'unreachable' })
  })

  it('that cuts at once was not reached', async () => {
    expect(await outcome((socket) => socket.resetAndDestroy())).toBe('unreachable')
  })

  it.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => undefined],
    ['stops in its headers', (socket) => socket.write('HTTP/1.1 200 OK\r\nX')],
    ['stops in its body', (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{')],
    [
      'says a byte from time to time',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n')
        const drip = setInterval(() => socket.write(' '), 20)
        socket.once('close', () => clearInterval(drip))
      },
    ],
  ])('that %s is too slow', async (_what, answer) => {
    const before = performance.now()
    expect(await outcome(answer)).toBe('too-slow')
    expect(performance.now() - before).toBeGreaterThan(290)
    expect(performance.now() - before).toBeLessThan(2000)
  })

  it('that never ends is stopped early', async () => {
    let written = 0
    const block = Buffer.alloc(65_536, 'a')
    const flood = (socket: Socket): void => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n')
      const send = (): void => {
        while (!socket.destroyed && written < 67_108_864) {
          written += block.length
          if (!socket.write(block)) {
            socket.once('drain', send)
            return
          }
        }
      }
      send()
    }
    expect(await outcome(flood)).toBe('too-large')
    // What the system holds between the two ends is a few megabytes.
    expect(written).toBeLessThan(16 * 1024 * 1024)
  })

  it('may answer exactly as much as is read', async () => {
    expect(await outcome(sized(limits.maxBytes))).toBe(200)
    await server?.close()
    expect(await outcome(sized(limits.maxBytes + 1))).toBe('too-large')
  })
})

describe('a connection', () => {
  const empty = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'

  it('serves the requests that follow each other', async () => {
    server = await answering((socket) => socket.write(empty))
    const { fetch } = createFetch(limits, clock, direct)
    for (let times = 0; times < 3; times += 1) expect((await fetch(server.url, get)).status).toBe(200)
    expect(server.connections()).toBe(1)
  })

  it('is left to whoever takes longer to answer', async () => {
    server = await answering((socket) => {
      setTimeout(() => socket.write(empty), 1200)
    })
    const { fetch } = createFetch({ ...limits, timeoutMs: 5000 }, clock, direct)
    expect((await fetch(server.url, get)).status).toBe(200)
  })

  it('is not used again after a while: what lies between may have forgotten it', async () => {
    const first = new WeakSet<Socket>()
    server = await answering((socket) => {
      // A router that dropped the connection answers to it with a reset.
      if (first.has(socket)) socket.resetAndDestroy()
      else socket.write(empty)
      first.add(socket)
    })
    const { fetch } = createFetch(limits, clock, direct)
    expect((await fetch(server.url, get)).status).toBe(200)
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect((await fetch(server.url, get)).status).toBe(200)
    expect(server.connections()).toBe(2)
  })
})

describe('closing', () => {
  const slow = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'

  it('ends the connections that serve nothing, and what is asked goes on', async () => {
    const ended: Socket[] = []
    server = await answering((socket) => {
      socket.once('end', () => ended.push(socket))
      setTimeout(() => socket.write(slow), 100)
    })
    const { fetch, close } = createFetch(limits, clock, direct)
    await Promise.all([fetch(server.url, get), fetch(server.url, get)])
    const asked = fetch(server.url, get)
    await nextTurn()
    close()
    // They would end by themselves after a second.
    await expect.poll(() => ended.length, { timeout: 800 }).toBe(1)
    expect((await asked).status).toBe(200)
    expect(server.connections()).toBe(2)
  })
})

describe('the provider’s time', () => {
  const ten = Date.parse('Sun, 22 Nov 2026 10:00:00 GMT')

  it('is that of its last dated answer, and goes on', async () => {
    let date = at(ten)
    server = await answering((socket) => socket.write(dated(date)))
    let now = ten + 250_000
    const { fetch, providerNow } = createFetch(limits, { now: () => new Date(now) }, direct)
    expect(providerNow()).toBeNull()
    await fetch(server.url, get)
    expect(providerNow()).toBe(ten / 1000)
    now += 2500
    expect(providerNow()).toBe(ten / 1000 + 2.5)
    date = 'n’importe quoi'
    await fetch(server.url, get)
    expect(providerNow()).toBe(ten / 1000 + 2.5)
    date = at(ten - 3_600_000)
    await fetch(server.url, get)
    expect(providerNow()).toBe(ten / 1000 - 3600)
    // A cache had kept it for an hour.
    date = `${at(ten - 3_600_000)}\r\nAge: 3600`
    await fetch(server.url, get)
    expect(providerNow()).toBe(ten / 1000)
  })

  it.each([
    [0, null],
    [299, null],
    [-299, null],
    [300, 5],
    [-300, -5],
    [419, 7],
    [-7200, -120],
  ])('tells that this workstation is wrong when it is %i s ahead: %o', async (seconds, expected) => {
    server = await answering((socket) => socket.write(dated(at(ten))))
    const now = () => new Date(ten + seconds * 1000)
    const { fetch, wrongMinutes } = createFetch(limits, { now }, direct)
    expect(wrongMinutes()).toBeNull()
    await fetch(server.url, get)
    expect(wrongMinutes()).toBe(expected)
  })
})
