import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { simulatedAuthority } from '../../e2e/psc-simulator/tls/authority.ts'
import { answering, type Answering } from '../psc/testing/answering.ts'
import { freePort } from '../psc/testing/ports.ts'
import { listening } from '../psc/testing/tls-server.ts'
import type { Edition } from '../settings/edition.ts'
import { settingsSchema } from '../settings/schema.ts'
import type { NewerSight } from '../updates/newer-version.ts'
import { askForNewer } from './updates.ts'

const clock = { now: () => new Date() }
let folder = ''
let server: Answering | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-updates-'))
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(async () => {
  await server?.close()
  server = undefined
})

type Given = { edition?: Edition; settings?: object; version?: string }

function ask(url: string | null, { edition = 'development', settings = {}, version = '1.0.0' }: Given = {}) {
  return askForNewer({
    settings: settingsSchema.parse({ ...settings, updates: { url } }),
    version,
    edition,
    clock,
  })
}

/** What comes of a server that answers so, to the byte. */
async function outcome(answer: string | ((socket: Socket) => void), given?: Given): Promise<NewerSight> {
  server = await answering(typeof answer === 'string' ? (socket) => socket.end(answer) : answer)
  return ask(server.url, given)
}

const http = (body: string, status = '200 OK') =>
  `HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
const unknown = (why: string, detail: string = expect.any(String)) => ({ kind: 'unknown', why, detail })

describe("IT's server", () => {
  it('is not asked where the settings name none', async () => {
    expect(await ask(null)).toEqual({ kind: 'off' })
  })

  it.each([
    ['1.0.1', '1.0.0', 'newer'],
    ['1.0.0', '1.0.0', 'current'],
    ['0.9.0', '1.0.0', 'current'],
    ['1.0.0', '1.0.0-rc.1', 'newer'],
    ['1.0.0-rc.1', '1.0.0', 'current'],
  ])('says %s to %s: %s', async (theirs, version, kind) => {
    expect((await outcome(http(JSON.stringify({ version: theirs })), { version })).kind).toBe(kind)
  })

  it('may name a page, write a byte order mark, and say more than we know', async () => {
    const body = `\uFEFF${JSON.stringify({ version: '2.0.0', page: 'https://it.example/c', sha: 'x' })}`
    expect(await outcome(http(body))).toEqual({
      kind: 'newer',
      version: '2.0.0',
      page: 'https://it.example/c',
    })
  })

  it('is told nothing of this workstation', async () => {
    const asked: string[][] = []
    const plain = createServer((request, response) => {
      asked.push([request.method ?? '', request.url ?? '', ...request.rawHeaders])
      response.end('{"version":"2.0.0"}')
    })
    const port = await listening(plain)
    expect((await ask(`http://127.0.0.1:${port}/comptoir.json`)).kind).toBe('newer')
    expect(asked).toEqual([
      [
        'GET',
        '/comptoir.json',
        'accept',
        'application/json',
        'Host',
        `127.0.0.1:${port}`,
        'Connection',
        'keep-alive',
      ],
    ])
  })

  it.each<[string, string | ((socket: Socket) => void), ReturnType<typeof unknown>]>([
    ['nothing', '', unknown('unreachable')],
    ['what is not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', unknown('unreachable')],
    ['an error', http('{"version":"2.0.0"}', '500 Oops'), unknown('status', '500')],
    ['that there is no such page', http('{"version":"2.0.0"}', '404 Not Found'), unknown('status', '404')],
    [
      'a way to somewhere unsafe',
      'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n',
      unknown('status', '302'),
    ],
    [
      'more than 64 kB',
      http(JSON.stringify({ version: '2.0.0', more: 'a'.repeat(65_536) })),
      unknown('too-large'),
    ],
    [
      'without end',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        const flood = setInterval(() => socket.write('a'.repeat(10_000)), 1)
        socket.once('close', () => clearInterval(flood))
      },
      unknown('too-large'),
    ],
    ['no JSON', http('<html></html>'), unknown('not-an-answer')],
    [
      'UTF-16',
      http(Buffer.from('\uFEFF{"version":"2.0.0"}', 'utf16le').toString('latin1')),
      unknown('not-an-answer'),
    ],
    ['a word', http('"2.0.0"'), unknown('not-an-answer')],
    ['no version', http('{}'), unknown('not-an-answer')],
    ['a number', http('{"version":2}'), unknown('not-an-answer')],
    ['what is no version', http('{"version":"latest"}'), unknown('not-an-answer')],
    [
      'words after its version',
      http('{"version":"2.0.0 : <b>appelez le 08…</b>"}'),
      unknown('not-an-answer'),
    ],
    ['a prototype', http('{"__proto__":{"version":"2.0.0"}}'), unknown('not-an-answer')],
    [
      'a page that is not safe',
      http('{"version":"2.0.0","page":"http://it.example/"}'),
      unknown('not-an-answer'),
    ],
    ['a page that runs', http('{"version":"2.0.0","page":"javascript:alert(1)"}'), unknown('not-an-answer')],
    [
      'a page too long to be one',
      http(JSON.stringify({ version: '2.0.0', page: `https://it.example/${'a'.repeat(2000)}` })),
      unknown('not-an-answer'),
    ],
  ])('that answers %s has said nothing', async (_what, answer, expected) => {
    expect(await outcome(answer)).toEqual(expected)
  })

  it('that says nothing for long is not waited for', async () => {
    server = await answering(() => undefined)
    const settings = settingsSchema.parse({ updates: { url: server.url } })
    const asked = { settings, version: '1.0.0', edition: 'development', clock } as const
    const limits = { timeoutMs: 200, maxBytes: 1000 }
    expect(await askForNewer(asked, limits)).toEqual(unknown('too-slow'))
  })

  it('that is not there, or behind a proxy that is not, is told', async () => {
    const port = await freePort()
    expect(await ask(`http://127.0.0.1:${port}/`)).toEqual(unknown('unreachable', 'ECONNREFUSED'))
    const settings = { network: { proxy: `http://127.0.0.1:${port}` } }
    expect(await ask('http://it.example/', { settings })).toEqual(unknown('proxy'))
  })
})

describe('an installed program', () => {
  it.each(['installed', 'test-package'] as const)(
    '(%s) does not even call a plain address',
    async (edition) => {
      expect(await outcome(http('{"version":"2.0.0"}'), { edition })).toEqual(unknown('not-https', 'http:'))
      expect(server?.connections()).toBe(0)
    },
  )

  it('believes whom its authorities vouch for, and nobody else', async () => {
    const authority = await simulatedAuthority()
    const caFile = join(folder, 'ca.pem')
    await writeFile(caFile, authority.ca)
    const secure = createSecureServer(authority.server('trusted'), (_request, response) => {
      response.end('{"version":"2.0.0"}')
    })
    const url = `https://localhost:${await listening(secure)}/`
    const psc = {
      discoveryUrl: 'https://psc.example/.well-known/openid-configuration',
      issuer: 'https://psc.example',
      clientId: 'comptoir',
    }
    const edition = 'installed'
    expect(await ask(url, { edition, settings: { psc: { ...psc, caFile } } })).toEqual({
      kind: 'newer',
      version: '2.0.0',
      page: null,
    })
    expect(await ask(url, { edition, settings: { psc } })).toEqual(unknown('certificate'))
    const absent = join(folder, 'absent.pem')
    expect(await ask(url, { edition, settings: { psc: { ...psc, caFile: absent } } })).toEqual(
      unknown('certificate', 'absent.pem'),
    )
  })
})
