import { describe, expect, it } from 'vitest'
import { cut, instead, members, page } from '../../e2e/psc-simulator/answers.ts'
import type { Tampering } from '../../e2e/psc-simulator/simulator.ts'
import { failure, identified } from './testing/provider.ts'
import { openPhone, patriciasId, type PhonePlace } from './testing/phone.ts'

const rung = ({ simulator }: PhonePlace) =>
  expect.poll(() => simulator.phone.pending().length, { interval: 10, timeout: 5000 }).toBe(1)
const polled = ({ simulator }: PhonePlace, times: number) =>
  expect
    .poll(() => simulator.requests('token'), { interval: 10, timeout: 5000 })
    .toBeGreaterThanOrEqual(times)

describe('an identification without a browser', () => {
  it.each(['MOBILE', 'CARD'] as const)('is of whoever validates what %s shows', async (channel) => {
    const place = await openPhone({ channel })
    const before = place.clock.monotonic()
    const { answer } = place.ask()
    await rung(place)
    expect(place.simulator.phone.pending()).toMatchObject([
      { identity: { nationalId: patriciasId }, bindingMessage: '07', service: 'Comptoir', channel },
    ])
    await place.simulator.phone.approve(patriciasId)
    const { identity, trace, age, returnedAt, idToken } = identified(await answer)
    expect(identity.rpps).toEqual({ kind: 'rpps', digits: '99700261797' })
    expect(trace).toMatchObject({
      flow: 'ciba',
      acr: 'eidas1',
      acrFrom: 'psc',
      authMode: channel,
      nationalId: patriciasId,
    })
    expect(age).toBeLessThanOrEqual(1)
    expect(returnedAt).toBeGreaterThan(before)
    expect(returnedAt).toBeLessThan(place.clock.monotonic())
    expect(place.simulator.readIdToken(idToken)['aud']).toBe('comptoir-post')
  })

  it('is polled at the interval of the server, which never has to slow it down', async () => {
    const place = await openPhone({ cibaInterval: 0.2 })
    const { answer } = place.ask()
    await polled(place, 4)
    await place.simulator.phone.approve(patriciasId)
    identified(await answer)
    expect(new Set(place.polls)).toEqual(new Set(['authorization_pending', 'tokens']))
  })

  it('is polled five seconds later once the server says slow_down, and where it says nothing', async () => {
    const [slowed, untold] = await Promise.all([openPhone(), openPhone({ cibaInterval: null })])
    slowed.simulator.phone.setFault({ kind: 'slows-down', times: 1 })
    const answers = [slowed, untold].map((place) => place.ask().answer)
    await Promise.all([rung(slowed), rung(untold)])
    for (const { simulator } of [slowed, untold]) await simulator.phone.approve(patriciasId)
    for (const answer of answers) identified(await answer)
    // The simulator would slow down again who asks before that.
    expect([slowed.polls, untold.polls]).toEqual([['slow_down', 'tokens'], ['tokens']])
  }, 15_000)

  it('is awaited until the server or the settings end it, whichever comes first', async () => {
    const place = await openPhone({ timeoutSeconds: 0.6 })
    place.simulator.phone.setFault({ kind: 'never-answers' })
    expect(await place.ask().answer).toEqual(failure('phone-time-out', ''))
    expect(place.sent[0]).toBeLessThanOrEqual(0.6)
    const short = await openPhone({ tamper: { ciba: members((real) => ({ ...real, expires_in: 0.4 })) } })
    expect(await short.ask().answer).toEqual(failure('phone-time-out', ''))
    expect(short.sent).toEqual([expect.closeTo(0.4, 3)])
  })

  it('is said for how long it is awaited', async () => {
    const place = await openPhone({ timeoutSeconds: 180 })
    const { cancel } = place.ask()
    await rung(place)
    await expect.poll(() => place.sent).toEqual([120])
    cancel()
  })
})

describe('an identification that leads nowhere', () => {
  it('was refused on the phone', async () => {
    const place = await openPhone()
    const { answer } = place.ask()
    await rung(place)
    await place.simulator.phone.refuse(patriciasId)
    expect(await answer).toEqual(failure('abandoned', 'access_denied'))
  })

  it('expired at the server', async () => {
    const place = await openPhone()
    place.simulator.phone.setFault({ kind: 'expires-early' })
    expect(await place.ask().answer).toEqual(failure('phone-time-out', 'expired_token'))
  })

  it('is of somebody whom the server does not know', async () => {
    const place = await openPhone()
    const nobody = { kind: 'rpps', digits: '99700999999' } as const
    expect(await place.ask(nobody).answer).toEqual(failure('unknown-user', 'unknown_user_id'))
    expect(place.simulator.requests('token')).toBe(0)
  })

  it.each<[string, Tampering, [Parameters<typeof failure>[0], string]]>([
    ['is not for this client', oauth('unauthorized_client'), ['credential', 'unauthorized_client']],
    [
      'has a number that PSC does not take',
      oauth('invalid_binding_message'),
      ['provider-error', 'invalid_binding_message'],
    ],
    ['meets an outage', instead({ status: 503 }), ['unreachable', 'server-error']],
    ['meets a page', page(), ['unreachable', 'OAUTH_RESPONSE_IS_NOT_JSON']],
    ['is cut', cut, ['unreachable', 'cut']],
    [
      'is answered without a request',
      json({ expires_in: 120 }),
      ['invalid-response', 'OAUTH_INVALID_RESPONSE'],
    ],
    [
      'is answered without an end',
      json({ auth_req_id: 'x' }),
      ['invalid-response', 'OAUTH_INVALID_RESPONSE'],
    ],
    [
      'is answered with an interval of nothing',
      json({ auth_req_id: 'x', expires_in: 120, interval: 0 }),
      ['invalid-response', 'OAUTH_INVALID_RESPONSE'],
    ],
  ])('%s', async (_, ciba, [reason, detail]) => {
    const place = await openPhone({ tamper: { ciba } })
    expect(await place.ask().answer).toEqual(failure(reason, detail))
    expect(place.simulator.requests('token')).toBe(0)
  })

  it('is not offered by the provider', async () => {
    const place = await openPhone({ broker: {} })
    expect(await place.ask().answer).toEqual(failure('other-issuer', 'backchannel_authentication_endpoint'))
  })

  it.each(['file:///etc/passwd', 'javascript:alert(1)', 42])('has an endpoint at %s', async (endpoint) => {
    const place = await openPhone({
      tamper: { discovery: members((real) => ({ ...real, backchannel_authentication_endpoint: endpoint })) },
    })
    expect(await place.ask().answer).toEqual(failure('other-issuer', 'backchannel_authentication_endpoint'))
  })
})

describe('a token endpoint that does not answer', () => {
  const faults: [string, Tampering, string][] = [
    ['cuts its answers', cut, 'cut'],
    ['fails', instead({ status: 502 }), 'server-error'],
    ['is behind a page', page(404), 'OAUTH_RESPONSE_IS_NOT_JSON'],
  ]

  it.each(faults)('for a while changes nothing (it %s)', async (_, token) => {
    const place = await openPhone()
    place.simulator.tamper('token', token)
    const { answer } = place.ask()
    await polled(place, 3)
    place.simulator.tamper('token', null)
    await place.simulator.phone.approve(patriciasId)
    identified(await answer)
  })

  it.each(faults)('for half a minute is told of (it %s)', async (_, token, detail) => {
    const place = await openPhone()
    place.simulator.tamper('token', token)
    const { answer } = place.ask()
    await polled(place, 1)
    place.later(29)
    await polled(place, 3)
    place.later(2)
    expect(await answer).toEqual(failure('unreachable', detail))
  })

  it('at the end is what is told', async () => {
    const place = await openPhone({ timeoutSeconds: 0.4 })
    place.simulator.tamper('token', cut)
    expect(await place.ask().answer).toEqual(failure('unreachable', 'cut'))
  })

  it('is told of when the answer that it had lost is not given twice', async () => {
    const place = await openPhone()
    place.simulator.tamper('token', cut)
    const { answer } = place.ask()
    await rung(place)
    await place.simulator.phone.approve(patriciasId)
    const before = place.simulator.requests('token')
    await polled(place, before + 2)
    place.simulator.tamper('token', { answer: place.note })
    expect(await answer).toEqual(failure('unreachable', 'cut'))
    expect(place.polls).toEqual(['invalid_grant'])
  })
})

function oauth(error: string): Tampering {
  return instead({
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error }),
  })
}

function json(body: object): Tampering {
  return instead({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}
