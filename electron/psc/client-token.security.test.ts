import { performance } from 'node:perf_hooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cut, huge, instead, late, members, page, silent } from '../../e2e/psc-simulator/answers.ts'
import type { Tampering } from '../../e2e/psc-simulator/simulator.ts'
import type { PscFailureReason } from './failure.ts'
import { failure, identified, identify, startProvider, type Provider } from './testing/provider.ts'

let provider: Provider
beforeEach(async () => {
  provider = await startProvider()
})
afterEach(() => provider.stop())

const notConform = 'OAUTH_RESPONSE_IS_NOT_CONFORM'
const notJson = 'OAUTH_RESPONSE_IS_NOT_JSON'
const invalid = 'OAUTH_INVALID_RESPONSE'
const json = (body: string, status = 200) =>
  instead({ status, headers: { 'content-type': 'application/json' }, body })
const set = (member: string, value: unknown) =>
  members((real) => Object.fromEntries(Object.entries({ ...real, [member]: value })))

const answers: readonly [string, Tampering, PscFailureReason, string][] = [
  ['500', instead({ status: 500 }), 'unreachable', 'server-error'],
  ['502, with a page', page(502), 'unreachable', 'server-error'],
  ['500, with an OAuth error', json('{"error":"server_error"}', 500), 'unreachable', 'server-error'],
  ['a page', page(), 'unreachable', notJson],
  ['JSON that is not', json('{"access_token":'), 'unreachable', 'OAUTH_PARSE_ERROR'],
  ['nothing', json(''), 'unreachable', 'OAUTH_PARSE_ERROR'],
  ['a cut answer', cut, 'unreachable', 'cut'],
  ['64 MB', huge(64 * 1024 * 1024), 'invalid-response', 'too-large'],
  ['400 without body', instead({ status: 400 }), 'unreachable', notJson],
  ['400 with a page', page(400), 'unreachable', notJson],
  ['400 with another JSON', json('{"erreur":1}', 400), 'invalid-response', notConform],
  ['400 with its reason', json('{"error":"invalid_grant"}', 400), 'provider-error', 'invalid_grant'],
  [
    '400 with markup for a reason',
    json('{"error":"<b>x</b>","error_description":"Appelez le 08"}', 400),
    'provider-error',
    'bxb',
  ],
  ['401 with its reason', json('{"error":"invalid_client"}', 401), 'credential', 'invalid_client'],
  ['401 alone', instead({ status: 401 }), 'credential', '401'],
  ['401 and a page', page(401), 'credential', '401'],
  ['403', instead({ status: 403 }), 'unreachable', notJson],
  ['201', json('{}', 201), 'invalid-response', notConform],
  ['204', instead({ status: 204 }), 'invalid-response', notConform],
  [
    'a redirection',
    instead({ status: 302, headers: { location: 'http://localhost:1/' } }),
    'invalid-response',
    notConform,
  ],
  [
    'a redirection that keeps the request',
    instead({ status: 307, headers: { location: 'http://localhost:1/' } }),
    'invalid-response',
    notConform,
  ],
  ['null', json('null'), 'invalid-response', invalid],
  ['an array', json('[]'), 'invalid-response', invalid],
  ['no access token', set('access_token', undefined), 'invalid-response', invalid],
  ['an access token that is a list', set('access_token', ['x']), 'invalid-response', invalid],
  ['no type of token', set('token_type', undefined), 'invalid-response', invalid],
  ['an end that is a text', set('expires_in', 'demain'), 'invalid-response', invalid],
  ['a very deep JSON', json('['.repeat(400_000)), 'unreachable', 'OAUTH_PARSE_ERROR'],
]

describe('the token endpoint', () => {
  it.each(answers)('that answers %s identifies nobody', async (_what, tampering, reason, detail) => {
    provider.simulator.tamper('token', tampering)
    const before = performance.now()
    expect(await identify(provider.client)).toEqual(failure(reason, detail))
    expect(performance.now() - before).toBeLessThan(4000)
    provider.simulator.tamper('token', null)
    identified(await identify(provider.client))
  })

  it.each<[string, Tampering]>([
    ['nothing', silent],
    ['too late', late(600)],
  ])('that answers %s identifies nobody', async (_what, tampering) => {
    provider.simulator.tamper('token', tampering)
    const hurried = provider.clientWith({}, 300)
    expect(await identify(hurried)).toEqual(failure('unreachable', 'too-slow'))
    provider.simulator.tamper('token', null)
    identified(await identify(provider.client))
  })

  it('is asked once, whatever it answers, without a secret and with the verifier', async () => {
    const asked: { url: string | undefined; authorization: string | undefined }[] = []
    provider.simulator.tamper('token', {
      raw: (response, { url, headers: { authorization } }) => {
        asked.push({ url, authorization })
        response.writeHead(503).end()
      },
    })
    expect(await identify(provider.client)).toMatchObject({ reason: 'unreachable' })
    expect(asked).toEqual([{ url: expect.stringMatching(/\/token$/), authorization: undefined }])
  })

  it('may say more than is known, and less', async () => {
    provider.simulator.tamper(
      'token',
      members(({ access_token, id_token }) => ({
        'not-before-policy': 0,
        __proto__: { id_token: 'x' },
        access_token,
        id_token,
        token_type: 'bearer',
      })),
    )
    identified(await identify(provider.client))
  })
})
