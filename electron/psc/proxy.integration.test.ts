import { inspect } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { simulatedAuthority } from '../../e2e/psc-simulator/tls/authority.ts'
import { EndpointError } from './endpoint-error.ts'
import { failureOf } from './failure-of.ts'
import { createFetch, usualLimits, type Fetch } from './fetch.ts'
import { answering, type Answering } from './testing/answering.ts'
import { freePort } from './testing/ports.ts'
import { startProxy } from './testing/proxy.ts'
import { startTlsServer } from './testing/tls-server.ts'

const get = { method: 'GET', headers: {}, body: undefined, redirect: 'manual' } as const
const authority = await simulatedAuthority()
const own = authority.client('trusted')
const identity = { cert: Buffer.from(own.cert), key: Buffer.from(own.key) }
/** The name of this certificate leads nowhere but through the proxy. */
const elsewhere = { ...authority.server('other-name'), ca: authority.ca, requestCert: true }

function through(proxy: string, timeoutMs = 2000): Fetch {
  return createFetch(
    { ...usualLimits, timeoutMs },
    { now: () => new Date() },
    { proxy, authorities: authority.ca, identity },
  )
}

let plain: Answering | undefined
afterEach(async () => {
  await plain?.close()
  plain = undefined
})
const openPlain = async (): Promise<number> => {
  plain = await answering((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'))
  return Number(new URL(plain.url).port)
}

const refusal = async (sent: Promise<Response>): Promise<unknown> => {
  const error: unknown = await sent.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(EndpointError)
  return error
}

describe('a proxy', () => {
  it.each([
    ['', null],
    ['comptoir:s%40cret:%C3%A9@', 'comptoir:s@cret:é'],
  ])('of « %s » leads to secure endpoints, kept open, without seeing anything', async (user, credentials) => {
    const { port } = await startTlsServer(elsewhere)
    const proxy = await startProxy(credentials)
    const { fetch } = through(`http://${user}127.0.0.1:${proxy.port}`)
    for (let times = 0; times < 3; times += 1) {
      const answer = await fetch(`https://ailleurs.test:${port}/`, get)
      expect(await answer.text()).toBe('comptoir.test')
    }
    expect(proxy.asked).toEqual([`CONNECT ailleurs.test:${port}`])
  })

  it('may be secure itself, and is not shown our certificate', async () => {
    const { port } = await startTlsServer(elsewhere)
    const shown: unknown[] = []
    const asking = { ...authority.server('trusted'), requestCert: true, rejectUnauthorized: false }
    const proxy = await startProxy(null, asking, shown)
    const { fetch } = through(`https://localhost:${proxy.port}`)
    const answer = await fetch(`https://ailleurs.test:${port}/`, get)
    expect(await answer.text()).toBe('comptoir.test')
    expect(proxy.asked).toEqual([`CONNECT ailleurs.test:${port}`])
    expect(shown).toEqual([{}])
  })

  it('leads to plain endpoints', async () => {
    const port = await openPlain()
    const proxy = await startProxy('comptoir:secret')
    const { fetch } = through(`http://comptoir:secret@127.0.0.1:${proxy.port}/`)
    const answer = await fetch(`http://ailleurs.test:${port}/metadonnees`, get)
    expect(await answer.text()).toBe('{}')
    expect((await fetch(`http://ailleurs.test:${port}/autre`, get)).status).toBe(200)
    expect(proxy.asked).toEqual([`CONNECT ailleurs.test:${port}`])
  })

  it('is not asked for what is on this machine', async () => {
    const port = await openPlain()
    const proxy = await startProxy()
    const { fetch } = through(`http://127.0.0.1:${proxy.port}`)
    for (const host of ['localhost', '127.0.0.1', '127.1.2.3', 'psc.localhost']) {
      // Nobody listens at some of them: the proxy is not asked for them either.
      await fetch(`http://${host}:${port}/`, get).catch(() => undefined)
    }
    expect(plain?.requests()).toBeGreaterThanOrEqual(2)
    expect(proxy.asked).toEqual([])
  })

  it('that refuses is told of, and gives neither answer nor time', async () => {
    const { port } = await startTlsServer(elsewhere)
    const proxy = await startProxy('comptoir:secret')
    const { fetch, providerNow } = through(`http://comptoir:faux@127.0.0.1:${proxy.port}`)
    const error = await refusal(fetch(`https://ailleurs.test:${port}/`, get))
    expect(failureOf(error)).toEqual({ kind: 'failed', reason: 'unreachable', detail: 'proxy 407' })
    expect(providerNow()).toBeNull()
    expect(proxy.asked).toEqual(['refused'])
  })

  it('that is not there is told of, without its password', async () => {
    const { fetch } = through(`http://comptoir:motdepasse@127.0.0.1:${await freePort()}`)
    for (const scheme of ['http', 'https']) {
      const error = await refusal(fetch(`${scheme}://ailleurs.test/`, get))
      expect(failureOf(error)).toMatchObject({ reason: 'unreachable', detail: 'proxy ECONNREFUSED' })
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain('motdepasse')
    }
  })

  it('is told by its address where it has no name', async () => {
    const proxy = await startProxy()
    const { fetch } = through(`http://127.0.0.1:${proxy.port}`)
    await refusal(fetch('https://[2001:db8::1]:1/', get))
    expect(proxy.asked).toEqual(['CONNECT [2001:db8::1]:1'])
  })

  it('that says nothing is left in time, and nothing of it stays', async () => {
    const silent = await answering(() => undefined)
    const { fetch } = through(silent.url, 200)
    const asked = ['https://ailleurs.test/', 'http://ailleurs.test/'].map((url) => refusal(fetch(url, get)))
    for (const error of await Promise.all(asked)) expect(failureOf(error).reason).toBe('unreachable')
    await expect.poll(silent.open).toBe(0)
    await silent.close()
  })

  it('does not make somebody else trusted', async () => {
    const { port } = await startTlsServer(authority.server('trusted'))
    const proxy = await startProxy()
    const { fetch } = through(`http://127.0.0.1:${proxy.port}`)
    const error = await refusal(fetch(`https://ailleurs.test:${port}/`, get))
    expect(failureOf(error)).toMatchObject({ reason: 'untrusted', detail: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  })
})
