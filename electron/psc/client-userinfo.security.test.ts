import { performance } from 'node:perf_hooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cut, huge, instead, late, members, page, silent } from '../../e2e/psc-simulator/answers.ts'
import type { Signature, Tampering } from '../../e2e/psc-simulator/simulator.ts'
import type { PscFailureReason } from './failure.ts'
import {
  failureAfterIdToken,
  identified,
  identify,
  startProvider,
  type Provider,
} from './testing/provider.ts'

let provider: Provider
beforeEach(async () => {
  provider = await startProvider()
})
afterEach(() => provider.stop())

const invalid = 'OAUTH_INVALID_RESPONSE'
const notConform = 'OAUTH_RESPONSE_IS_NOT_CONFORM'
const sub = 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:899700261797'
const set = (values: object) => members((real) => Object.fromEntries(Object.entries({ ...real, ...values })))
const json = (body: string) => instead({ headers: { 'content-type': 'application/json' }, body })
const refused = (status: number, challenge: string) =>
  instead({ status, headers: { 'www-authenticate': challenge } })
const noId = { SubjectNameID: undefined, preferred_username: undefined, otherIds: undefined }
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

describe('userinfo', () => {
  it.each<[string, Tampering, PscFailureReason, string]>([
    ['of somebody else', set({ sub: 'autre' }), 'invalid-response', 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED'],
    ['of nobody', set({ sub: undefined }), 'invalid-response', invalid],
    ['of null', set({ sub: null }), 'invalid-response', invalid],
    ['of a number', set({ sub: 1 }), 'invalid-response', invalid],
    ['of a list', set({ sub: [sub] }), 'invalid-response', invalid],
    ['without identifier', set(noId), 'no-identifier', ''],
    ['of empty identifiers', set({ ...noId, SubjectNameID: ' ', otherIds: [] }), 'no-identifier', ''],
    ['of identifiers that are not', set({ ...noId, SubjectNameID: {}, otherIds: 'x' }), 'no-identifier', ''],
    [
      'whose identifiers are hidden in its prototype',
      json(`{"sub":"${sub}","__proto__":{"SubjectNameID":"899700261797"}}`),
      'no-identifier',
      '',
    ],
    [
      'of two persons',
      set({ otherIds: [{ identifiant: '899700218896', origine: 'RPPS' }] }),
      'invalid-response',
      'identifiers',
    ],
    ['that is an array', json('[]'), 'invalid-response', invalid],
    ['that is a text', json('"sub"'), 'invalid-response', invalid],
    ['that is null', json('null'), 'invalid-response', invalid],
    ['that is not JSON', json(`{"sub":"${sub}"`), 'unreachable', 'OAUTH_PARSE_ERROR'],
    ['that is nothing', json(''), 'unreachable', 'OAUTH_PARSE_ERROR'],
    ['that is very deep', json(deep(400_000)), 'invalid-response', invalid],
    [
      'whose only identifier is very deep',
      json(`{"sub":"${sub}","SubjectNameID":${deep(200_000)},"otherIds":${deep(200_000)}}`),
      'no-identifier',
      '',
    ],
    ['that is a page', page(), 'unreachable', 'OAUTH_RESPONSE_IS_NOT_JSON'],
    [
      'that is no signed answer',
      instead({ headers: { 'content-type': 'application/jwt' }, body: 'x' }),
      'invalid-response',
      invalid,
    ],
    [
      '401 and a challenge',
      refused(401, 'Bearer error="invalid_token"'),
      'invalid-response',
      'WWWAuthenticateChallengeError',
    ],
    ['401 and a broken challenge', refused(401, 'Bearer error=x, y="'), 'invalid-response', notConform],
    ['401 and an empty challenge', refused(401, ''), 'invalid-response', notConform],
    ['401 alone', instead({ status: 401 }), 'invalid-response', notConform],
    ['403', instead({ status: 403 }), 'invalid-response', notConform],
    ['500', instead({ status: 500 }), 'unreachable', 'server-error'],
    ['503 and a page', page(503), 'unreachable', 'server-error'],
    ['elsewhere', instead({ status: 302, headers: { location: '/x' } }), 'invalid-response', notConform],
    ['cut', cut, 'unreachable', 'cut'],
    ['of 64 MB', huge(64 * 1024 * 1024), 'invalid-response', 'too-large'],
  ])('%s identifies nobody', async (_what, tampering, reason, detail) => {
    provider.simulator.tamper('userinfo', tampering)
    const before = performance.now()
    // Known by their ID token all the same: the browser must leave them.
    const toLeave = reason === 'no-identifier' ? { idToken: expect.any(String) } : {}
    expect(await identify(provider.client)).toEqual({ ...failureAfterIdToken(reason, detail), ...toLeave })
    expect(performance.now() - before).toBeLessThan(4000)
    provider.simulator.tamper('userinfo', null)
    identified(await identify(provider.client))
  })

  it.each<[string, Tampering]>([
    ['nothing', silent],
    ['too late', late(600)],
  ])('that answers %s identifies nobody', async (_what, tampering) => {
    provider.simulator.tamper('userinfo', tampering)
    const hurried = provider.clientWith({}, 300)
    expect(await identify(hurried)).toEqual(failureAfterIdToken('unreachable', 'too-slow'))
    provider.simulator.tamper('userinfo', null)
    identified(await identify(provider.client))
  })

  it('may be as long as is read, deep, and odd in what is not looked at', async () => {
    provider.simulator.tamper('userinfo', {
      answer: (real) => ({
        ...real,
        body: real.body.replace('{', `{"x":${deep(100_000)},"y":"${'é'.repeat(300_000)}",`),
      }),
    })
    expect(identified(await identify(provider.client)).identity.lastName).toBe('ADJOINTPHARM')
    provider.simulator.tamper(
      'userinfo',
      set({
        SubjectRole: 21,
        SubjectRefPro: [],
        given_name: null,
        family_name: {},
        authMode: ['CARD'],
        otherIds: [null, 1, { identifiant: null }],
      }),
    )
    expect(identified(await identify(provider.client)).identity).toEqual({
      nationalId: { kind: 'rpps', digits: '99700261797' },
      rpps: { kind: 'rpps', digits: '99700261797' },
      firstName: '',
      lastName: '',
      professions: [],
      authMode: null,
    })
  })
})

async function signed(signature: Signature, claims: object = {}): Promise<void> {
  const { simulator } = provider
  simulator.tamper('discovery', set({ userinfo_signing_alg_values_supported: ['RS256'] }))
  const values = { iss: simulator.issuer, aud: 'comptoir', SubjectNameID: '899700261797', sub, ...claims }
  const body = await simulator.signIdToken(values, signature)
  simulator.tamper('userinfo', instead({ headers: { 'content-type': 'application/jwt' }, body }))
}

describe('a signed userinfo', () => {
  it('is verified', async () => {
    await signed({ key: 'own' })
    expect(identified(await identify(provider.client)).identity.rpps?.digits).toBe('99700261797')
  })

  it('whose provider does not say how it signs identifies nobody', async () => {
    await signed({ key: 'own' })
    provider.simulator.tamper('discovery', null)
    expect(await identify(provider.client)).toMatchObject({ kind: 'failed', reason: 'invalid-response' })
  })

  it.each<[Signature, object]>([
    [{ key: 'other' }, {}],
    [{ key: 'own', alg: 'none' }, {}],
    [{ key: 'own', alg: 'HS256' }, {}],
    [{ key: 'own' }, { aud: 'autre' }],
    [{ key: 'own' }, { iss: 'https://ailleurs.invalid' }],
    [{ key: 'own' }, { sub: 'autre' }],
  ])('with %o and %o identifies nobody', async (signature, claims) => {
    await signed(signature, claims)
    expect(await identify(provider.client)).toMatchObject({ kind: 'failed', reason: 'invalid-response' })
  })
})
