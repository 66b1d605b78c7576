import { afterEach, describe, expect, it } from 'vitest'
import { startSimulator } from '../../e2e/psc-simulator/simulator.ts'
import { KeychainError } from '../../native/keychain/secrets.ts'
import { lookAtProvider, type ProviderLook } from './look.ts'
import { answering } from './testing/answering.ts'
import { freePort } from './testing/ports.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

type Asked = {
  url: string
  issuer?: string
  proxy?: string
  method?: 'none' | 'client_secret_basic'
  caFile?: string | null
  aheadMs?: number
  timeoutMs?: number
}

function look({ url, issuer = url, method = 'none', ...more }: Asked): Promise<ProviderLook> {
  const { proxy = null, caFile = null, aheadMs = 0, timeoutMs = 3000 } = more
  return lookAtProvider({
    settings: {
      issuer,
      discoveryUrl: url,
      clientAuthentication: method,
      caFile,
      certificateFile: null,
      keyFile: null,
      p12File: null,
    },
    proxy,
    secret: () => Promise.reject(new KeychainError('locked')),
    file: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOENT' })),
    clock: { now: () => new Date(Date.now() + aheadMs), monotonic: () => performance.now() },
    timeoutMs,
  })
}

/** Whoever answers exactly that to each request. */
async function answers(head: string, body: string): Promise<string> {
  const served = await answering((socket) => {
    socket.end(`HTTP/1.1 ${head}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`)
  })
  stops.push(served.close)
  return served.url
}

describe('a look at Pro Santé Connect', () => {
  it('says how long its discovery took, and by how much this clock is wrong', async () => {
    const simulator = await startSimulator()
    stops.push(simulator.stop)
    const { issuer, discoveryUrl: url } = simulator
    const found = await look({ url, issuer })
    expect(found).toMatchObject({ impeded: null, discovery: { kind: 'answered' } })
    expect(Math.abs(found.aheadMs ?? Infinity)).toBeLessThan(2000)
    const ahead = await look({ url, issuer, aheadMs: 420_000 })
    expect((ahead.aheadMs ?? 0) / 1000).toBeGreaterThan(417)
    expect((await look({ url, issuer: 'https://ailleurs.fr' })).discovery).toEqual({ kind: 'other-issuer' })
  })

  it.each([
    ['a page', '200 OK\r\nContent-Type: text/html', '<!doctype html>'],
    ['a redirection', '302 Found\r\nLocation: http://ailleurs.fr', ''],
    ['a failure', '503 Service Unavailable', '{}'],
    ['something else in JSON', '200 OK\r\nContent-Type: application/json', '{"issuer":4}'],
    ['nothing there', '404 Not Found', '{"issuer":"x"}'],
  ])('says that %s is no discovery', async (_, head, body) => {
    expect((await look({ url: await answers(head, body) })).discovery).toEqual({ kind: 'not-discovery' })
  })

  it('says who does not answer', async () => {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}/`
    const refused = { kind: 'unreachable', why: 'other', code: 'ECONNREFUSED' }
    expect(await look({ url })).toEqual({ impeded: null, discovery: refused, aheadMs: null })
    expect((await look({ url: 'http://nulle-part.invalid/' })).discovery).toMatchObject({ why: 'other' })
    expect(
      (await look({ url: 'http://ailleurs.test/', proxy: `http://127.0.0.1:${port}` })).discovery,
    ).toEqual({
      kind: 'unreachable',
      why: 'proxy',
      code: 'ECONNREFUSED',
    })
  })

  it('waits no longer than it is told for one that is frozen', async () => {
    const frozen = await answering(() => undefined)
    stops.push(frozen.close)
    const began = performance.now()
    expect((await look({ url: frozen.url, timeoutMs: 200 })).discovery).toMatchObject({ why: 'too-slow' })
    expect(performance.now() - began).toBeLessThan(2000)
  })

  it('says what this workstation lacks, and asks all the same', async () => {
    const url = await answers('200 OK', '{}')
    expect(await look({ url, method: 'client_secret_basic' })).toMatchObject({
      impeded: { impediment: 'keychain-locked' },
      discovery: { kind: 'not-discovery' },
    })
    expect(await look({ url, caFile: '/etc/autorite.pem' })).toMatchObject({
      impeded: { impediment: 'file-missing', detail: 'autorite.pem' },
    })
  })
})
