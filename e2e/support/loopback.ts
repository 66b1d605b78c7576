import { once } from 'node:events'
import { request, type IncomingHttpHeaders } from 'node:http'
import { createServer, type Server } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect } from '@playwright/test'
import { plain } from './main-process.ts'

/** What differs from a browser's request for an address. */
export type Oddity = {
  readonly method?: string
  readonly host?: string
  /** What stands in the request line. */
  readonly target?: string
  readonly loopback?: '127.0.0.1' | '::1'
}

export type Answered = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Asks Comptoir's loopback, as any program of this machine may. Rejects with Node's error when nobody listens. */
export function visit(address: URL, oddity: Oddity = {}): Promise<Answered> {
  const { loopback = '127.0.0.1', method = 'GET', host = address.host } = oddity
  const { target = `${address.pathname}${address.search}` } = oddity
  return new Promise((resolve, reject) => {
    const sent = request({
      host: loopback,
      port: address.port,
      method,
      path: target,
      headers: { host },
      agent: false,
    })
    sent.once('error', reject)
    sent.once('response', (answer) => {
      const { statusCode: status = 0, headers } = answer
      text(answer).then((body) => resolve({ status, headers, body }), reject)
    })
    sent.end()
  })
}

/** Where the browser would come back to with these parameters, from the address that it was sent to. */
export function returnOf(handed: string, parameters: Record<string, string>): URL {
  const asked = new URL(handed).searchParams
  const address = new URL(asked.get('redirect_uri') ?? '')
  const state = asked.get('state') ?? ''
  for (const [name, value] of Object.entries({ state, ...parameters })) address.searchParams.set(name, value)
  return address
}

/** The answer is a page of ours: French, inert, kept nowhere, and silent about what was asked. */
export function expectPage(answer: Answered, status: number, title: string, address: URL): void {
  expect(answer.status).toBe(status)
  expect(answer.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  const policy = answer.headers['content-security-policy']
  for (const directive of [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ])
    expect(policy).toContain(directive)
  expect(answer.body).toContain('<html lang="fr">')
  expect(plain(answer.body)).toContain(`<h1>${title}</h1>`)
  expect(answer.body).not.toMatch(/<script|<img|<a |http/u)
  for (const value of address.searchParams.values()) expect(answer.body).not.toContain(value)
}

/** Takes ports of these addresses, as another program would; resolves to what gives them back. */
export async function occupy(
  ports: readonly number[],
  hosts: readonly ('127.0.0.1' | '::1')[],
): Promise<() => Promise<void>> {
  const servers: Server[] = ports.flatMap((port) =>
    hosts.map((host) => createServer((socket) => socket.destroy()).listen({ port, host, exclusive: true })),
  )
  await Promise.all(servers.map((server) => once(server, 'listening')))
  return async () => {
    await Promise.all(servers.map((server) => once(server.close(), 'close')))
  }
}
