import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createAvailability } from './availability.ts'
import { createFetch, usualLimits } from './fetch.ts'

/** How a provider of this machine answers, from now on. */
type Manner = 'answers' | 'fails' | 'answers a page' | 'cuts'

let server: Server | null = null
afterEach(async () => {
  vi.useRealTimers()
  server?.closeAllConnections()
  if (server?.listening === true) await once(server.close(), 'close')
})

const turn = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve))

/** A real provider, and a workstation whose clock the test moves; the requests come one by one. */
async function workstation() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
  let manner: Manner = 'answers'
  let aheadMs = 0
  /** When each request came, in milliseconds, and what for. */
  const requests: { readonly at: number; readonly path: string }[] = []
  server = createServer((request, response) => {
    requests.push({ at: performance.now(), path: request.url ?? '' })
    if (manner === 'cuts') {
      request.socket.destroy()
      return
    }
    response.statusCode = manner === 'fails' ? 503 : 200
    // Node's own stands still while it is faked.
    response.setHeader('Date', new Date(Date.now() - aheadMs).toUTCString())
    response.setHeader('Content-Type', manner === 'answers' ? 'application/json' : 'text/html')
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const url = `http://127.0.0.1:${port}`
  const clock = { now: () => new Date(), monotonic: () => performance.now() }

  let underWay = 0
  const real = createFetch(usualLimits, clock, { proxy: null, authorities: null, identity: null })
  const availability = createAvailability({
    clock,
    discoveryUrl: `${url}/discovery`,
    transport: () => Promise.resolve(transport),
    changed: () => undefined,
  })
  const transport = availability.watched({
    ...real,
    fetch: async (href, request) => {
      underWay += 1
      try {
        return await real.fetch(href, request)
      } finally {
        underWay -= 1
      }
    },
  })
  /** Until what is asked is answered: nothing of that is on the fake clock. */
  const settled = async (): Promise<void> => {
    await turn()
    if (underWay > 0) return settled()
    await turn()
  }
  return {
    availability,
    requests,
    probes: () => requests.filter(({ path }) => path === '/discovery'),
    become: (next: Manner) => (manner = next),
    /** Puts the workstation's clock that far ahead. */
    putAhead: (minutes: number) => (aheadMs = minutes * 60_000),
    /** Lets that long pass, in steps of a second. */
    pass: async (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        vi.advanceTimersByTime(1000)
        await settled()
      }
    },
    /** An identification: its four requests, at once. */
    identify: async () => {
      const request = { method: 'GET', headers: {}, body: undefined, redirect: 'manual' } as const
      const paths = ['/discovery', '/certs', '/token', '/userinfo']
      await Promise.all(paths.map((path) => transport.fetch(`${url}${path}`, request).catch(() => undefined)))
    },
  }
}

/** The shortest time between one of ours and anything before it, in seconds. */
function shortestPause(requests: readonly { at: number; path: string }[]): number {
  const pauses = requests.slice(1).map(({ at }, index) => (at - (requests[index]?.at ?? 0)) / 1000)
  return Math.min(...pauses.filter((pause) => pause > 0))
}

describe('a day of a workstation', () => {
  it('asks every five minutes while all is well: 288 times', { timeout: 120_000 }, async () => {
    const { availability, requests, pass } = await workstation()
    availability.start()
    await pass(24 * 3600)
    expect(requests.length).toBeGreaterThanOrEqual(287)
    expect(requests.length).toBeLessThanOrEqual(288)
    expect(availability.state()).toEqual({ kind: 'available' })
  })

  it('asks once a minute at the most while nothing answers: 1440 times', { timeout: 120_000 }, async () => {
    const { availability, requests, pass, become } = await workstation()
    become('cuts')
    availability.start()
    await pass(24 * 3600)
    expect(requests.length).toBeGreaterThan(1400)
    expect(requests.length).toBeLessThanOrEqual(1440)
    expect(shortestPause(requests)).toBeGreaterThanOrEqual(60)
    expect(availability.state()).toEqual({ kind: 'unavailable' })
  })

  it('asks next to nothing at a busy counter, whose identifications tell', { timeout: 120_000 }, async () => {
    const { availability, requests, probes, pass, identify } = await workstation()
    availability.start()
    await pass(60)
    // Somebody every four minutes, from opening to closing.
    for (let times = 0; times < 180; times += 1) {
      await identify()
      await pass(240)
    }
    expect(requests).toHaveLength(180 * 4 + 1)
    expect(probes()).toHaveLength(180 + 1)
    expect(availability.state()).toEqual({ kind: 'available' })
  })

  it('sees an outage within five minutes, and its end within one', { timeout: 60_000 }, async () => {
    const { availability, become, pass } = await workstation()
    availability.start()
    await pass(10)
    for (const bad of ['fails', 'answers a page', 'cuts'] as const) {
      become(bad)
      await pass(301)
      expect(availability.state()).toEqual({ kind: 'unavailable' })
      become('answers')
      await pass(61)
      expect(availability.state()).toEqual({ kind: 'available' })
    }
  })

  it('sees at once an outage that somebody meets', async () => {
    const { availability, become, identify } = await workstation()
    await identify()
    expect(availability.state()).toEqual({ kind: 'available' })
    become('fails')
    await identify()
    expect(availability.state()).toEqual({ kind: 'unavailable' })
  })

  it('sees a clock that is wrong, and that it is right again', async () => {
    const { availability, pass, putAhead } = await workstation()
    putAhead(12)
    availability.start()
    await pass(6)
    expect(availability.state()).toEqual({ kind: 'clock-wrong', minutes: 12 })
    putAhead(0)
    await pass(60)
    expect(availability.state()).toEqual({ kind: 'available' })
  })
})
