import { once } from 'node:events'
import { request, type OutgoingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { limits, type Endpoint } from './endpoint.ts'
import { ticketLifeMs } from './exchange.ts'
import type { Opening } from './opening.ts'
import { fuzzEndpoint } from './testing/fuzz.ts'
import { sendRaw, statusesIn } from './testing/raw.ts'
import { exchangeAt, gate, patricia, paul, workplace, type Workplace } from './testing/workplace.ts'

let place: Workplace
let opening: Opening
let ticket: string
let endpoint: Endpoint
let port: number
beforeEach(async () => {
  place = workplace()
  place.session.admit(patricia, { kind: 'password' })
  opening = place.open()
  ticket = place.exchange.ticketFor(opening)
  endpoint = await place.listen()
  port = Number(new URL(endpoint.url).port)
})
afterEach(() => place.stop())

type Asked = { method?: string; path?: string; headers?: OutgoingHttpHeaders; body?: string }

/** One request, to the letter, right unless told otherwise. */
async function ask({ method = 'POST', path = '/session', headers = {}, body = bodyOf() }: Asked = {}) {
  const sent = request({
    host: '127.0.0.1',
    port,
    method,
    path,
    agent: false,
    headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...headers },
  })
  sent.end(body)
  const [response] = await once(sent, 'response')
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}
const bodyOf = (more: object = {}): string => JSON.stringify({ ticket, ...more })
const given = async (): Promise<{ stream: string }> =>
  z.object({ stream: z.string() }).parse(await (await exchangeAt(endpoint.url, ticket)).json())
const errorOf = async (answer: Response): Promise<[number, string]> => [
  answer.status,
  z.object({ error: z.string() }).parse(await answer.json()).error,
]
const refusals = () =>
  place.rows.flatMap(({ kind, details, module = null, operator }) =>
    kind === 'module.session-refused' ? [[details.reason, module, operator?.code ?? null]] : [],
  )
const events = (stream: string): Promise<Response> =>
  fetch(`${endpoint.url}/events`, { headers: { authorization: `Bearer ${stream}` } })
/** Nothing that was refused has spent the ticket. */
const stillGood = async (): Promise<void> => expect((await exchangeAt(endpoint.url, ticket)).status).toBe(200)

describe('a ticket', () => {
  it('is 256 bits that give, once, the token, the stream and the module', async () => {
    expect(ticket).toMatch(/^[\w-]{43}$/u)
    const answer = await ask()
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toEqual({
      token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/u),
      stream: expect.stringMatching(/^[\w-]{43}$/u),
      module: 'stock',
    })
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-type': 'application/json',
      connection: 'close',
    })
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
    expect(place.rows.map(({ kind }) => kind)).toEqual(['module.session-given'])
    expect(JSON.stringify(place.rows)).not.toContain(ticket)
  })

  it('shown twice is refused, and takes back what it gave the first time', async () => {
    const { stream } = await given()
    const open = await events(stream)
    const again = await errorOf(await exchangeAt(endpoint.url, ticket))
    expect(again).toEqual([403, 'used-ticket'])
    expect(await open.text()).toMatch(/event: ended\ndata: \{"reason":"revoked"\}\n\n$/u)
    expect(await errorOf(await events(stream))).toEqual([401, 'unknown-token'])
    expect(await opening.give()).toBeNull()
    for (let times = 0; times < 20; times += 1) await exchangeAt(endpoint.url, ticket)
    expect(refusals()).toEqual([['used-ticket', 'stock', '1']])
  })

  it('shown twice at once gives nothing to either', async () => {
    const answered = gate()
    place.journalWaitsFor(answered.passed)
    const first = exchangeAt(endpoint.url, ticket)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const second = exchangeAt(endpoint.url, ticket)
    expect((await second).status).toBe(403)
    answered.open()
    expect(await errorOf(await first)).toEqual([403, 'used-ticket'])
  })

  it('shown again, or whose program ends, at any instant while it is answered leaves no stream', async () => {
    for (let turns = 0; turns < 20; turns += 1) {
      for (const meanwhile of ['shown again', 'ended'] as const) {
        const open = { ...place.open(), give: () => Promise.resolve('token') }
        const shown = place.exchange.ticketFor(open)
        const first = place.exchange.redeem(shown, null)
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
        if (meanwhile === 'ended') place.exchange.forget(open)
        else expect(await place.exchange.redeem(shown, null)).toMatchObject({ reason: 'used-ticket' })
        const answer = await first
        const stream = answer.kind === 'given' ? place.exchange.behind(answer.stream) : null
        expect([turns, meanwhile, stream]).toEqual([turns, meanwhile, null])
      }
    }
  })

  it('is refused after 120 seconds, and good until then', async () => {
    const other = place.exchange.ticketFor(place.open('autre'))
    place.pass(ticketLifeMs - 1)
    await stillGood()
    place.pass(1)
    expect(await errorOf(await exchangeAt(endpoint.url, other))).toEqual([403, 'expired-ticket'])
    expect(refusals()).toEqual([['expired-ticket', 'autre', '1']])
  })

  it('of another module is refused, and void from then on', async () => {
    expect(await errorOf(await exchangeAt(endpoint.url, ticket, 'caisse'))).toEqual([403, 'other-module'])
    expect(await errorOf(await exchangeAt(endpoint.url, ticket, 'stock'))).toEqual([403, 'used-ticket'])
    expect(refusals()).toEqual([
      ['other-module', 'stock', '1'],
      ['used-ticket', 'stock', '1'],
    ])
    const mine = place.exchange.ticketFor(place.open('caisse'))
    expect((await exchangeAt(endpoint.url, mine, 'caisse')).status).toBe(200)
  })

  it('whose operator is gone gives nothing, to nobody else either, and is good at their return', async () => {
    place.session.admit(paul, { kind: 'password' })
    expect(await errorOf(await exchangeAt(endpoint.url, ticket))).toEqual([409, 'operator-gone'])
    place.session.admit(patricia, { kind: 'password' })
    await stillGood()
    expect(refusals()).toEqual([['operator-gone', 'stock', '1']])
  })

  it('is of one session: another one of the same operator is not it', async () => {
    place.session.end('disconnect')
    place.pass(1000)
    place.session.admit(patricia, { kind: 'password' })
    expect(await errorOf(await exchangeAt(endpoint.url, ticket))).toEqual([409, 'operator-gone'])
  })

  it('made while its operator is away is good at their return', async () => {
    const away = place.open('autre')
    place.session.lock('switch')
    const late = place.exchange.ticketFor(away)
    place.session.admit(patricia, { kind: 'password' })
    expect((await exchangeAt(endpoint.url, late)).status).toBe(200)
  })

  it('that is stolen is journalled, although another one of that module was just before', async () => {
    await given()
    await exchangeAt(endpoint.url, ticket)
    place.exchange.forget(opening)
    place.session.admit(paul, { kind: 'password' })
    const next = place.exchange.ticketFor(place.open())
    await exchangeAt(endpoint.url, next)
    await exchangeAt(endpoint.url, next)
    expect(refusals()).toEqual([
      ['used-ticket', 'stock', '1'],
      ['used-ticket', 'stock', '2'],
    ])
  })

  it('of a program that has ended is unknown, as its stream is', async () => {
    const { stream } = await given()
    place.exchange.forget(opening)
    expect(await errorOf(await exchangeAt(endpoint.url, ticket))).toEqual([403, 'unknown-ticket'])
    expect(await errorOf(await events(stream))).toEqual([401, 'unknown-token'])
  })

  it('that nobody knows is journalled once a minute at most', async () => {
    const { url } = endpoint
    const strange = (): Promise<Response> => exchangeAt(url, 'B'.repeat(43))
    for (let times = 0; times < 10; times += 1) {
      expect(await errorOf(await strange())).toEqual([403, 'unknown-ticket'])
    }
    expect(refusals()).toEqual([['unknown-ticket', null, null]])
    place.pass(60_000)
    await strange()
    expect(refusals()).toHaveLength(2)
    await stillGood()
  })

  it('gives nothing when the journal fails, and can be shown again', async () => {
    place.journalWaitsFor(() => Promise.reject(new Error('disk')))
    expect(await errorOf(await exchangeAt(endpoint.url, ticket))).toEqual([503, 'unavailable'])
    expect(place.faults).toHaveLength(1)
    place.journalWaitsFor(() => Promise.resolve())
    await stillGood()
  })
})

describe('a request that is not one', () => {
  it.each([
    ['by another name', 421, 'wrong-host', { headers: { Host: 'site.fr' } }],
    ['by no port', 421, 'wrong-host', { headers: { Host: '127.0.0.1' } }],
    ['by another port', 421, 'wrong-host', { headers: { Host: '127.0.0.1:1' } }],
    ['from a page', 403, 'from-a-browser', { headers: { Origin: 'https://site.fr' } }],
    ['from a page without origin', 403, 'from-a-browser', { headers: { Origin: 'null' } }],
    ['from a page, quietly', 403, 'from-a-browser', { headers: { 'Sec-Fetch-Site': 'cross-site' } }],
    ['by GET', 405, 'wrong-method', { method: 'GET', body: '' }],
    ['by OPTIONS', 405, 'wrong-method', { method: 'OPTIONS', body: '' }],
    ['by PUT', 405, 'wrong-method', { method: 'PUT' }],
    ['as a form', 415, 'wrong-type', { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }],
    ['as text', 415, 'wrong-type', { headers: { 'Content-Type': 'text/plain' } }],
    ['as JSON of something', 415, 'wrong-type', { headers: { 'Content-Type': 'application/jsonp' } }],
    ['too large', 413, 'too-large', { body: `{"ticket":"${'A'.repeat(limits.bodyBytes)}"}` }],
    ['not of JSON', 400, 'malformed', { body: '{' }],
    ['empty', 400, 'malformed', { body: '' }],
    ['of another shape', 400, 'malformed', { body: '{"ticket":["A"]}' }],
    ['with more than it should have', 400, 'malformed', { body: `{"ticket":"${'A'.repeat(43)}","x":1}` }],
    ['up a folder', 404, 'not-found', { path: '/../session' }],
    ['up a folder, quietly', 404, 'not-found', { path: '/a/%2e%2e/session' }],
    ['with a query', 404, 'not-found', { path: '/session?x' }],
    ['of a whole address', 404, 'not-found', { path: 'http://127.0.0.1/session' }],
    ['of a file', 404, 'not-found', { path: '/etc/passwd' }],
    ['with a slash more', 404, 'not-found', { path: '/session/' }],
    ['with a slash before', 404, 'not-found', { path: '//session' }],
    ['in other letters', 404, 'not-found', { path: '/%73ession' }],
    ['by the other loopback address', 421, 'wrong-host', { headers: { Host: '[::1]:1' } }],
    [
      'in another alphabet',
      415,
      'wrong-type',
      { headers: { 'Content-Type': 'application/json;charset=utf-16' } },
    ],
    [
      'with a prototype',
      400,
      'malformed',
      { body: `{"ticket":"${'A'.repeat(43)}","__proto__":{"module":"x"}}` },
    ],
  ] as const)('%s is refused, and spends nothing', async (_how, status, error, asked) => {
    const answer = await ask(asked)
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { error }])
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
    await stillGood()
  })

  it('is refused on every path to a page', async () => {
    for (const path of ['/jwks.json', '/events']) {
      const answer = await ask({ method: 'GET', path, body: '', headers: { Origin: endpoint.url } })
      expect([path, answer.status]).toEqual([path, 403])
    }
  })

  it('is journalled, a flood of them once', async () => {
    for (let times = 0; times < 20; times += 1) await ask({ body: '{}' })
    expect(refusals()).toEqual([['malformed', null, null]])
  })

  it.each([
    ['of two lengths', 400, (length: number) => `Content-Length: ${length}\r\nContent-Length: 5`],
    ['of a length and in pieces', 400, () => 'Content-Length: 5\r\nTransfer-Encoding: chunked'],
    ['in pieces of another kind', 400, () => 'Transfer-Encoding: xchunked'],
    ['that expects something', 417, (length: number) => `Expect: 200-ok\r\nContent-Length: ${length}`],
  ])('%s is refused before it is read', async (_how, status, framing) => {
    const body = bodyOf()
    const head = `POST /session HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json`
    const received = await sendRaw(port, `${head}\r\n${framing(body.length)}\r\n\r\n${body}`)
    expect(statusesIn(received)).toEqual([status])
    await stillGood()
  })

  it('is none for another address: neither passed on, nor made another protocol', async () => {
    const here = `Host: 127.0.0.1:${port}`
    const connecting = `CONNECT 127.0.0.1:${port} HTTP/1.1\r\n${here}\r\n\r\n`
    expect(await sendRaw(port, connecting)).toBe('')
    const upgrade = `GET /events HTTP/1.1\r\n${here}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
    expect(statusesIn(await sendRaw(port, upgrade))).toEqual([401])
  })

  it('is not behind another one: of a connection, only the first is looked at', async () => {
    const { stream } = await given()
    const one = `GET /events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${stream}\r\n\r\n`
    const socket = connect(port, '127.0.0.1')
    socket.write(one.repeat(3))
    await once(socket, 'data')
    expect(opening.followers()).toBe(1)
    socket.destroy()
    await expect.poll(() => opening.followers()).toBe(0)
  })

  it('is cut off without an end: too large in pieces', async () => {
    const head = `POST /session HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n`
    const chunk = `800\r\n${'A'.repeat(2048)}\r\n`
    const received = await sendRaw(port, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(3)}`, {
      end: false,
    })
    expect(statusesIn(received)).toEqual([413])
    expect(statusesIn(await sendRaw(port, `GET /${'x'.repeat(9000)} HTTP/1.1\r\n\r\n`))).toEqual([431])
    await stillGood()
  })
})

describe('the endpoint', () => {
  it('listens on 127.0.0.1 alone', async () => {
    expect(endpoint.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u)
    for (const address of ['::1', '127.0.0.2']) {
      const socket = connect(port, address)
      await expect(once(socket, 'connect')).rejects.toThrow()
    }
  })

  it('cuts off whoever is slow to ask, and answers the others meanwhile', async () => {
    const before = performance.now()
    const slow = [
      sendRaw(port, '', { end: false }),
      sendRaw(port, 'POST /session HTTP/1.1\r\nHost: ', { end: false }),
      sendRaw(
        port,
        `POST /session HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
        { end: false },
      ),
    ]
    await stillGood()
    expect(performance.now() - before).toBeLessThan(limits.headersMs)
    const received = await Promise.all(slow)
    expect(performance.now() - before).toBeLessThan(limits.requestMs + 2500)
    for (const status of received.flatMap(statusesIn)) expect([400, 408]).toContain(status)
  })

  it('survives two hundred at once, and gives the ticket once', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 200 }, () => exchangeAt(endpoint.url, ticket)),
    )
    const statuses = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value.status] : []))
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(1)
    expect(statuses.every((status) => [200, 403, 409].includes(status))).toBe(true)
    const fresh = place.exchange.ticketFor(place.open('autre'))
    expect((await exchangeAt(endpoint.url, fresh)).status).toBe(200)
    expect(place.faults).toEqual([])
  })

  it('opens four streams of a module, and no more', async () => {
    const { stream } = await given()
    const open = await Promise.all(Array.from({ length: limits.streamsOfModule }, () => events(stream)))
    expect(open.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(await errorOf(await events(stream))).toEqual([429, 'too-many-streams'])
    await open[0]?.body?.cancel()
    await expect.poll(() => opening.followers()).toBe(3)
    opening.end('closed')
    for (const one of open.slice(1)) expect(await one.text()).toMatch(/"reason":"closed"\}\n\n$/u)
  })

  it.each(['', 'Bearer', 'Basic AAAA', `Bearer ${'A'.repeat(43)}`])(
    'opens no stream to « %s »',
    async (said) => {
      const answer = await ask({ method: 'GET', path: '/events', body: '', headers: { Authorization: said } })
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer'])
    },
  )

  it('gives the public key alone', async () => {
    const answer = await fetch(`${endpoint.url}/jwks.json`)
    expect(await answer.json()).toEqual(await place.signer.keys())
  })

  it('is gone once closed, streams and all', async () => {
    const { stream } = await given()
    const open = await events(stream)
    opening.end('closed')
    await endpoint.close()
    expect(await open.text()).toContain('"reason":"closed"')
    await expect(fetch(`${endpoint.url}/jwks.json`)).rejects.toThrow()
  })

  // The whole campaign, ten thousand requests, is of `npm run soak`.
  it('takes a thousand random and mutated requests without a trace', async () => {
    const { answers, ...report } = await fuzzEndpoint({ count: 1000, seed: 7 })
    expect(report).toEqual({ requests: 1000, wronglyAnswered: [], faults: [], effects: [], unharmed: true })
    expect(Object.keys(answers)).toEqual(expect.arrayContaining(['200', '400', '401', '403', '404', '421']))
  })
})
