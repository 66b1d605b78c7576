import { sendRaw, statusesIn } from './raw.ts'
import { exchangeAt, patricia, workplace } from './workplace.ts'

/** What a campaign of random requests came to. All but `requests` and `answers` is expected to be empty or true. */
export type FuzzReport = {
  readonly requests: number
  /** How many answers of each status. */
  readonly answers: Readonly<Record<string, number>>
  /** Requests answered as if they had been right. */
  readonly wronglyAnswered: readonly string[]
  /** What the endpoint itself failed at, and rejections that nobody waited for. */
  readonly faults: readonly unknown[]
  /** The journal's rows besides the refusals that it may hear of. */
  readonly effects: readonly unknown[]
  /** Whether the ticket, and everything else, still works as if nothing had come. */
  readonly unharmed: boolean
}

const atOnce = 32

/**
 * Sends `count` requests to a real endpoint over real sockets: bytes at random; right requests with parts changed, cut,
 * doubled or mixed; and sound HTTP that asks for anything. `seed` makes a campaign the same again.
 */
export async function fuzzEndpoint({ count, seed }: { count: number; seed: number }): Promise<FuzzReport> {
  const place = workplace()
  const unhandled: unknown[] = []
  const note = (reason: unknown): void => void unhandled.push(reason)
  process.on('unhandledRejection', note)
  try {
    place.session.admit(patricia, { kind: 'password' })
    const opening = place.open()
    const ticket = place.exchange.ticketFor(opening)
    const { url } = await place.listen()
    const port = Number(new URL(url).port)
    const answers: Record<string, number> = {}
    const wronglyAnswered: string[] = []
    let sent = 0
    const sender = async (): Promise<void> => {
      while (sent < count) {
        sent += 1
        const random = randomFrom(seed * 1_000_003 + sent)
        const bytes = kinds[sent % kinds.length]?.(random, port) ?? ''
        for (const status of statusesIn(await sendRaw(port, bytes))) {
          answers[status] = (answers[status] ?? 0) + 1
          if (status >= 200 && status < 300 && !isForKeys(bytes)) wronglyAnswered.push(JSON.stringify(bytes))
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, sender))
    const effects = place.rows.filter(
      ({ kind, details }) =>
        kind !== 'module.session-refused' ||
        !('reason' in details && ['malformed', 'unknown-ticket'].includes(details.reason)),
    )
    const unharmed = (await exchangeAt(url, ticket)).status === 200 && opening.followers() === 0
    const faults = [...place.faults, ...unhandled]
    return { requests: sent, answers, wronglyAnswered, faults, effects, unharmed }
  } finally {
    process.off('unhandledRejection', note)
    await place.stop()
  }
}

type Random = (below: number) => number

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

function oneOf<T>(random: Random, values: readonly [T, ...T[]]): T {
  return values[random(values.length)] ?? values[0]
}

function noise(random: Random): string {
  const length = random(oneOf(random, [8, 200, 9000]))
  return Buffer.from(Array.from({ length }, () => random(256))).toString('latin1')
}

/** A right request but for its ticket or its token, which are nobody's. */
function right(random: Random, port: number): string[] {
  const secret = 'A'.repeat(43)
  const body = oneOf(random, [
    JSON.stringify({ ticket: secret }),
    JSON.stringify({ ticket: secret, module: 'stock' }),
  ])
  const host = `Host: 127.0.0.1:${port}`
  return oneOf(random, [
    [
      'POST /session HTTP/1.1',
      host,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      '',
      body,
    ],
    ['GET /events HTTP/1.1', host, `Authorization: Bearer ${secret}`, '', ''],
    ['GET /jwks.json HTTP/1.1', host, '', ''],
  ])
}

const odd = [
  '',
  '\0',
  '../',
  '/..%2f',
  '%00',
  '{"__proto__":{}}',
  '[[[[[[[[',
  '1e999',
  'Transfer-Encoding: chunked',
  'Content-Length: -1',
  'Content-Length: 99999999',
  'Expect: 100-continue',
  'Connection: Upgrade\r\nUpgrade: websocket',
  'Origin: https://site.fr',
  'Host: site.fr',
  'CONNECT site.fr:443 HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'é'.repeat(300),
  'x'.repeat(5000),
] as const

function mutated(random: Random, port: number): string {
  const lines = right(random, port)
  for (let times = 1 + random(3); times > 0; times -= 1) {
    const at = random(lines.length)
    const line = lines[at] ?? ''
    const cut = random(line.length + 1)
    switch (random(6)) {
      case 0:
        lines.splice(at, 1)
        break
      case 1:
        lines.splice(at, 0, oneOf(random, odd))
        break
      case 2:
        lines[at] = line.slice(0, cut) + oneOf(random, odd) + line.slice(cut)
        break
      case 3:
        lines[at] = line.slice(0, cut) + String.fromCharCode(random(256)) + line.slice(cut + 1)
        break
      case 4:
        lines.splice(at, 0, line)
        break
      default:
        lines.push(...right(random, port))
    }
  }
  const whole = lines.join(oneOf(random, ['\r\n', '\r\n', '\r\n', '\n']))
  return random(5) === 0 ? whole.slice(0, random(whole.length + 1)) : whole
}

/** Sound HTTP, of which every value is somebody's invention. */
function invented(random: Random, port: number): string {
  const body = oneOf(random, [JSON.stringify(value(random, 3)), JSON.stringify({ ticket: value(random, 1) })])
  const host = random(4) === 0 ? 'localhost' : '127.0.0.1'
  return [
    `${oneOf(random, ['POST', 'POST', 'POST', 'GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])} ${oneOf(random, ['/session', '/session', '/session', '/events', '/', '//session', '/session%00', '*'])} HTTP/1.1`,
    `Host: ${host}:${port}`,
    `Content-Type: ${oneOf(random, ['application/json', 'application/json', 'text/plain', 'multipart/form-data'])}`,
    `Authorization: ${oneOf(random, ['Bearer', `Bearer ${'-'.repeat(43)}`, `Basic ${'A'.repeat(200)}`])}`,
    `Content-Length: ${Buffer.byteLength(body, 'latin1')}`,
    '',
    body,
  ].join('\r\n')
}

function value(random: Random, depth: number): unknown {
  switch (random(depth > 0 ? 7 : 5)) {
    case 0:
      return null
    case 1:
      return random(2 ** 31) - 2 ** 30
    case 2:
      return 'B'.repeat(43)
    case 3:
      return oneOf(random, odd)
    case 4:
      return random(2) === 0
    case 5:
      return Array.from({ length: random(4) }, () => value(random, depth - 1))
    default:
      return Object.fromEntries(
        ['ticket', 'module', '__proto__', 'constructor', 'toString']
          .slice(random(5))
          .map((name) => [name, value(random, depth - 1)]),
      )
  }
}

const kinds = [noise, mutated, invented]

/** The public key is everybody's. */
function isForKeys(bytes: string): boolean {
  return bytes.includes('/jwks.json')
}
