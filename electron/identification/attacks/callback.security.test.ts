import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callback } from '../../../e2e/psc-simulator/answers.ts'
import { ask, askRaw } from '../../psc/testing/ask.ts'
import { plays, says, type Attack } from './testing/row.ts'
import { openSite, type Site } from './testing/site.ts'

let site: Site
beforeEach(async () => {
  site = await openSite()
})
afterEach(() => site.stop())

const rejected = 'OAUTH_INVALID_RESPONSE'
const comesBack = (change: (parameters: URLSearchParams) => void): Attack['play'] => {
  return ({ simulator }) =>
    simulator.tamper(
      'authorization',
      callback(({ searchParams }) => change(searchParams)),
    )
}
const invalid = (what: string, change: (parameters: URLSearchParams) => void): Attack => {
  return { what, play: comesBack(change), shown: says.invalid, journalled: ['invalid-response', rejected] }
}

/** The browser brings back what the attacker made of it: the try ends. */
const answers: readonly Attack[] = [
  invalid('of another issuer (mix-up, RFC 9207)', (p) => p.set('iss', 'https://ailleurs.invalid')),
  invalid('without the issuer that was announced', (p) => p.delete('iss')),
  invalid('with two issuers', (p) => p.append('iss', 'https://ailleurs.invalid')),
  invalid('with two codes', (p) => p.append('code', 'autre')),
  invalid('without code', (p) => p.delete('code')),
  {
    what: 'with a code that was never given',
    play: comesBack((p) => p.set('code', 'jamais-donne')),
    shown: says.error('invalid_grant'),
    journalled: ['provider-error', 'invalid_grant'],
  },
  {
    what: 'with an error full of markup',
    play: comesBack((p) => {
      p.delete('code')
      p.set('error', '<img src=x onerror=alert(1)>')
      p.set('error_description', 'Appelez le 08 00 00 00 00')
    }),
    shown: says.error('img srcx onerroralert1'),
    journalled: ['provider-error', 'img srcx onerroralert1'],
  },
  {
    what: 'with a refusal',
    play: comesBack((p) => {
      p.delete('code')
      p.set('error', 'access_denied')
    }),
    shown: says.abandoned,
    journalled: ['abandoned', 'access_denied'],
  },
]

type Page = { readonly port: number; readonly right: URL }
const stateOf = ({ right }: Page): string => right.searchParams.get('state') ?? ''

/** Another page or program of this computer calls the listener: it is refused, and the try goes on. */
const intruders: readonly (readonly [string, number, (page: Page) => Promise<{ status: number }>])[] = [
  ['guesses a state', 400, ({ port }) => ask(port, { path: '/psc/retour?code=vole&state=devine' })],
  ['has no state', 400, ({ port }) => ask(port, { path: '/psc/retour?code=vole' })],
  [
    'gives the state twice',
    400,
    (page) => {
      const state = stateOf(page)
      return ask(page.port, { path: `/psc/retour?code=vole&state=${state}&state=${state}` })
    },
  ],
  ['cancels without the state', 400, ({ port }) => ask(port, { path: '/psc/retour?error=access_denied' })],
  [
    'posts the right answer',
    405,
    ({ port, right }) => ask(port, { method: 'POST', path: `/psc/retour${right.search}` }),
  ],
  [
    'asks for its head',
    405,
    ({ port, right }) => ask(port, { method: 'HEAD', path: `/psc/retour${right.search}` }),
  ],
  [
    'comes by another name (DNS rebinding)',
    421,
    ({ port, right }) =>
      ask(port, { path: `/psc/retour${right.search}`, headers: { Host: `attaquant.invalid:${port}` } }),
  ],
  [
    'comes by the address',
    421,
    ({ port, right }) =>
      ask(port, { path: `/psc/retour${right.search}`, headers: { Host: `127.0.0.1:${port}` } }),
  ],
  [
    'climbs to it (path trick)',
    404,
    ({ port, right }) => ask(port, { path: `/psc/autre/../retour${right.search}` }),
  ],
  [
    'writes it otherwise (path trick)',
    404,
    ({ port, right }) => ask(port, { path: `/psc/%72etour${right.search}` }),
  ],
  [
    'asks as a proxy would (absolute target)',
    404,
    ({ port, right }) => ask(port, { path: `http://attaquant.invalid/psc/retour${right.search}` }),
  ],
  [
    'calls the return of a logout',
    200,
    ({ port, right }) => ask(port, { path: `/psc/deconnexion${right.search}` }),
  ],
  [
    'speaks no HTTP',
    400,
    async ({ port }) => {
      const answer = await askRaw(port, 'SSH-2.0-OpenSSH_9.9\r\n\r\n')
      return { status: Number(/^HTTP\/1\.1 (?<status>\d+)/u.exec(answer)?.groups?.['status']) }
    },
  ],
  [
    'sends headers without end',
    0,
    async ({ port }) => {
      await askRaw(port, `GET /psc/retour HTTP/1.1\r\nX: ${'a'.repeat(1_000_000)}\r\n\r\n`).catch(() => '')
      return { status: 0 }
    },
  ],
]

describe('the browser’s return', () => {
  it.each(answers)('$what lets nobody in', async (attack) => {
    await plays(site, attack)
  })

  it.each(intruders)(
    'is not what %s: answered %i, nothing is told, and the right one still counts',
    async (_what, status, intrude) => {
      const url = await site.press()
      const right = new URL(await site.identify(url))
      expect((await intrude({ port: site.port, right })).status).toBe(status)
      expect([site.step(), site.connected(), await site.rows()]).toEqual(['browser', null, []])
      await fetch(right)
      await site.settled()
      expect(site.connected()).toBe('1')
    },
  )

  it('replayed is refused: its code and its state served once', async () => {
    const right = await site.identify(await site.press())
    await fetch(right)
    await site.settled()
    expect(site.connected()).toBe('1')
    const before = await site.rows()
    // The listener is gone with the try; the next one has another state.
    await expect(fetch(right)).rejects.toThrow('fetch failed')
    await site.press()
    expect((await fetch(right)).status).toBe(400)
    expect([site.step(), await site.rows()]).toEqual(['browser', before])
  })

  it('whose code a thief has tried to spend is of no use to him', async () => {
    const right = new URL(await site.identify(await site.press()))
    const stolen = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'comptoir',
      code: right.searchParams.get('code') ?? '',
      redirect_uri: `http://localhost:${site.port}/psc/retour`,
      code_verifier: 'le-voleur-ne-connait-pas-le-verificateur-de-la-demande',
    })
    const token = `${site.simulator.issuer}/protocol/openid-connect/token`
    expect((await fetch(token, { method: 'POST', body: stolen })).status).toBe(400)
    await fetch(right)
    await site.settled()
    // PKCE kept the code from the thief (RFC 7636 §1), and his try has not spent it at this provider.
    expect(site.connected()).toBe('1')
  })

  it('among 10 000 others in a burst is the one that counts', async () => {
    const right = await site.identify(await site.press())
    const began = performance.now()
    const statuses = new Set<number>()
    for (let sent = 0; sent < 10_000; sent += 200) {
      const burst = Array.from({ length: 200 }, (_, each) =>
        // What is too much at once is cut by the system.
        ask(site.port, { path: `/psc/retour?code=${sent}&state=devine-${sent + each}` }).catch(() => null),
      )
      for (const answer of await Promise.all(burst)) if (answer !== null) statuses.add(answer.status)
    }
    site.pass(performance.now() - began)
    expect([...statuses]).toEqual([400])
    expect([site.step(), site.connected(), await site.rows()]).toEqual(['browser', null, []])
    await fetch(right)
    await site.settled()
    expect(site.connected()).toBe('1')
  }, 60_000)
})
