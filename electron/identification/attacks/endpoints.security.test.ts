import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cut, huge, instead, members, page, silent } from '../../../e2e/psc-simulator/answers.ts'
import type { Endpoint, Simulator, Tampering } from '../../../e2e/psc-simulator/simulator.ts'
import type { PscFailureReason } from '../../psc/failure.ts'
import { plays, says, type Attack } from './testing/row.ts'
import { openSite, type Site } from './testing/site.ts'

let site: Site
beforeEach(async () => {
  site = await openSite()
})
afterEach(() => site.stop())

const notConform = 'OAUTH_RESPONSE_IS_NOT_CONFORM'
const json = (body: string, status = 200): Tampering =>
  instead({ status, headers: { 'content-type': 'application/json' }, body })
const elsewhere = (status: number): Tampering =>
  instead({ status, headers: { location: 'http://localhost:1/' } })
const set = (values: object): Tampering =>
  members((real) => Object.fromEntries(Object.entries({ ...real, ...values })))
/** A byte from time to time, for ever. */
const drip: Tampering = {
  raw: (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 2000 })
    const timer = setInterval(() => response.write(' '), 50)
    response.once('close', () => clearInterval(timer))
  },
}

const at =
  (endpoint: Endpoint, shown: string, reason: PscFailureReason) =>
  (what: string, tampering: Tampering, detail: string): Attack => ({
    what: `${endpoint}: ${what}`,
    play: ({ simulator }) => simulator.tamper(endpoint, tampering),
    shown,
    journalled: [reason, detail],
  })
const down = (endpoint: Endpoint) => at(endpoint, says.unreachable, 'unreachable')
const wrong = (endpoint: Endpoint) => at(endpoint, says.invalid, 'invalid-response')
const misset = at('discovery', says.misconfigured, 'other-issuer')

const attacks: readonly Attack[] = [
  misset('of another issuer', set({ issuer: 'https://ailleurs.invalid' }), 'issuer'),
  misset(
    'of the issuer and a slash',
    members((real) => ({ ...real, issuer: `${String(real['issuer'])}/` })),
    'issuer',
  ),
  misset(
    'whose pages are a program',
    set({ authorization_endpoint: 'file:///bin/sh' }),
    'authorization_endpoint',
  ),
  misset(
    'whose pages are a script',
    set({ authorization_endpoint: 'javascript:alert(1)' }),
    'authorization_endpoint',
  ),
  misset(
    'whose end of session is a program',
    set({ end_session_endpoint: 'ms-settings:' }),
    'end_session_endpoint',
  ),
  down('discovery')('a page', page(), 'OAUTH_RESPONSE_IS_NOT_JSON'),
  down('discovery')('500', instead({ status: 500 }), 'server-error'),
  down('discovery')('cut', cut, 'cut'),
  wrong('discovery')('sent elsewhere', elsewhere(302), notConform),
  wrong('discovery')('64 MB', huge(64 * 1024 * 1024), 'too-large'),

  down('token')('500', instead({ status: 500 }), 'server-error'),
  down('token')('a page', page(), 'OAUTH_RESPONSE_IS_NOT_JSON'),
  down('token')('cut', cut, 'cut'),
  wrong('token')('64 MB', huge(64 * 1024 * 1024), 'too-large'),
  wrong('token')('sent elsewhere, with its code', elsewhere(307), notConform),
  wrong('token')('without access token', set({ access_token: undefined }), 'OAUTH_INVALID_RESPONSE'),
  at('token', says.error('invalid_grant'), 'provider-error')(
    'an expired code',
    json('{"error":"invalid_grant"}', 400),
    'invalid_grant',
  ),

  down('userinfo')('503 and a page', page(503), 'server-error'),
  down('userinfo')('cut', cut, 'cut'),
  wrong('userinfo')('64 MB', huge(64 * 1024 * 1024), 'too-large'),
  wrong('userinfo')('of somebody else', set({ sub: 'autre' }), 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED'),
  wrong('userinfo')('of null', set({ sub: null }), 'OAUTH_INVALID_RESPONSE'),
  wrong('userinfo')(
    'of two people',
    set({ otherIds: [{ identifiant: '899700218896', origine: 'RPPS', qualite: 1 }] }),
    'identifiers',
  ),
  wrong('userinfo')(
    '401 with a malformed challenge',
    instead({ status: 401, headers: { 'www-authenticate': 'Bearer error=x, y="' } }),
    notConform,
  ),
  wrong('userinfo')('sent elsewhere', elsewhere(302), notConform),

  wrong('jwks')(
    'empty',
    members(() => ({ keys: [] })),
    'OAUTH_KEY_SELECTION_FAILED',
  ),
  wrong('jwks')('sent elsewhere', elsewhere(302), notConform),
  down('jwks')('500', instead({ status: 500 }), 'server-error'),
  {
    what: 'userinfo: without any identifier',
    play: ({ simulator }) =>
      simulator.tamper(
        'userinfo',
        set({ SubjectNameID: undefined, preferred_username: undefined, otherIds: undefined }),
      ),
    shown: says.noIdentifier,
    journalled: ['no-identifier', ''],
  },
]

describe('an endpoint', () => {
  it.each(attacks)('$what lets nobody in', async (attack) => {
    await plays(site, attack)
  })

  it.each<[Endpoint, string, Tampering]>([
    ['token', 'never answers', silent],
    ['token', 'drips', drip],
    ['userinfo', 'drips', drip],
    ['discovery', 'never answers', silent],
  ])('%s that %s can be left, and lets nobody in', async (endpoint, _what, tampering) => {
    site.simulator.tamper(endpoint, tampering)
    const url = await Promise.race([site.press(), later('')])
    if (url !== '') await site.visit(url)
    await expect.poll(site.step).toMatch(/^(?:browser|checking)$/)
    await site.cancel()
    expect([site.step(), site.connected()]).toEqual(['none', null])
    expect(await site.rows()).toMatchObject([
      { kind: 'identification.failed', details: { reason: 'cancelled' } },
    ])
    lift(site.simulator, endpoint)
    await site.visit(await site.press())
    await site.settled()
    expect(site.connected()).toBe('1')
  })

  it('that loops in the browser can be left at the end of the time', async () => {
    const hurried = await openSite({ timeoutSeconds: 1 })
    hurried.simulator.tamper('authorization', {
      raw: (response, request) => {
        response.writeHead(302, { Location: request.url }).end()
      },
    })
    await plays(hurried, {
      what: 'a loop of redirections',
      play: () => undefined,
      shown: says.late,
      journalled: ['time-out', ''],
    })
    await hurried.stop()
  })
})

function lift(simulator: Simulator, endpoint: Endpoint): void {
  simulator.tamper(endpoint, null)
}

function later<T>(value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), 500))
}
