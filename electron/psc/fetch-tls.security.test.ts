import { describe, expect, it } from 'vitest'
import { simulatedAuthority, type Quality } from '../../e2e/psc-simulator/tls/authority.ts'
import { toP12 } from '../../e2e/psc-simulator/tls/p12.ts'
import { failureOf } from './failure-of.ts'
import { createFetch, type Network } from './fetch.ts'
import { answering } from './testing/answering.ts'
import { startTlsServer } from './testing/tls-server.ts'

const limits = { timeoutMs: 2000, maxBytes: 1000 }
const get = { method: 'GET', headers: {}, body: undefined, redirect: 'manual' } as const
const authority = await simulatedAuthority()
const { ca } = authority
const own = authority.client('trusted')
const trusting = { proxy: null, authorities: ca, identity: null }

/** What is read there, or what is told of it. */
async function outcome(network: Network, port: number, host = 'localhost'): Promise<string> {
  const { fetch } = createFetch(limits, { now: () => new Date() }, network)
  return fetch(`https://${host}:${port}/`, get).then(
    (answer) => answer.text(),
    (error: unknown) => {
      const { reason, detail } = failureOf(error)
      return `${reason} ${detail}`
    },
  )
}

describe('a secure endpoint', () => {
  it.each<[string, Quality, string, string | null, string]>([
    ['of a private authority that the settings name', 'trusted', 'localhost', ca, ''],
    ['by its address', 'trusted', '127.0.0.1', ca, ''],
    ['of a private authority', 'trusted', 'localhost', null, 'untrusted UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    [
      'of an unknown authority',
      'unknown-authority',
      'localhost',
      ca,
      'untrusted UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    ['whose certificate is over', 'expired', 'localhost', ca, 'untrusted CERT_HAS_EXPIRED'],
    ['of another name', 'other-name', 'localhost', ca, 'untrusted ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('%s (%s, %s)', async (_what, quality, host, authorities, expected) => {
    const { port, connections } = await startTlsServer(authority.server(quality))
    expect(await outcome({ ...trusting, authorities }, port, host)).toBe(expected)
    expect(connections()).toBeLessThanOrEqual(1)
  })

  it('that speaks only what is broken is not spoken with', async () => {
    const { port } = await startTlsServer({
      ...authority.server('trusted'),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    })
    expect(await outcome(trusting, port)).toMatch(/^untrusted (?:EPROTO|ERR_SSL_\w+|alert 70)$/)
  })

  it('that is none is told from one that is not there', async () => {
    const plain = await answering((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    expect(await outcome(trusting, Number(new URL(plain.url).port))).toBe('untrusted EPROTO')
    const port = Number(new URL(plain.url).port)
    await plain.close()
    expect(await outcome(trusting, port)).toBe('unreachable unreachable')
  })
})

describe('our certificate', () => {
  const wanting = { ...authority.server('trusted'), ca, requestCert: true }

  it.each([
    ['PEM', { cert: Buffer.from(own.cert), key: Buffer.from(own.key) }],
    ['PKCS #12', { pfx: toP12(own, 'motdepasse'), passphrase: 'motdepasse' }],
  ])('is shown from %s to who asks for it', async (_what, identity) => {
    const { port } = await startTlsServer(wanting)
    expect(await outcome({ ...trusting, identity }, port)).toBe('comptoir.test')
  })

  it.each([
    ['TLSv1.2', 'credential alert 40'],
    ['TLSv1.3', 'credential alert 116'],
  ] as const)('is missed by a server of %s', async (maxVersion, expected) => {
    const { port } = await startTlsServer({ ...wanting, maxVersion })
    expect(await outcome(trusting, port)).toBe(expected)
  })

  it('is not shown to whom we do not trust', async () => {
    const { port, connections } = await startTlsServer({
      ...wanting,
      ...authority.server('unknown-authority'),
    })
    const identity = { cert: Buffer.from(own.cert), key: Buffer.from(own.key) }
    expect(await outcome({ ...trusting, identity }, port)).toMatch(/^untrusted/)
    expect(connections()).toBe(0)
  })
})
