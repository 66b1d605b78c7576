import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { instead, members } from '../../e2e/psc-simulator/answers.ts'
import type { IdTokenClaims, Signature } from '../../e2e/psc-simulator/simulator.ts'
import {
  failure,
  failureAfterIdToken,
  identified,
  identify,
  startProvider,
  type Provider,
} from './testing/provider.ts'
import { hs256, idTokenBy, jwksOf, newKey, signedWith, type Key } from './testing/tokens.ts'

let provider: Provider
beforeEach(async () => {
  provider = await startProvider()
})
afterEach(async () => {
  vi.useRealTimers()
  await provider.stop()
})

const invalid = 'OAUTH_INVALID_RESPONSE'
const mismatch = 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'
const untimely = 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'
const iat = (claims: IdTokenClaims) => Number(claims['iat'])
const without = (name: string) => (claims: IdTokenClaims) =>
  Object.fromEntries(Object.entries(claims).filter(([member]) => member !== name))

describe('nobody is identified by an ID token', () => {
  it.each<[string, (claims: IdTokenClaims) => IdTokenClaims, string]>([
    ['of another nonce', (c) => ({ ...c, nonce: 'autre' }), mismatch],
    ['of an empty nonce', (c) => ({ ...c, nonce: '' }), mismatch],
    ['without nonce', without('nonce'), invalid],
    ['for another client', (c) => ({ ...c, aud: 'autre' }), mismatch],
    ['for others only', (c) => ({ ...c, aud: ['autre', 'tiers'], azp: 'autre' }), mismatch],
    ['for nobody', (c) => ({ ...c, aud: [] }), mismatch],
    ['without audience', without('aud'), invalid],
    ['given to another client', (c) => ({ ...c, aud: ['comptoir', 'autre'], azp: 'autre' }), mismatch],
    ['for us alone but given to another', (c) => ({ ...c, azp: 'autre' }), 'azp'],
    ['for several, given to nobody', (c) => ({ ...c, aud: ['comptoir', 'autre'] }), mismatch],
    ['expired an hour ago', (c) => ({ ...c, exp: iat(c) - 3600 }), untimely],
    // Within what our own clock may be wrong by: the provider's decides.
    ['expired a minute ago', (c) => ({ ...c, exp: iat(c) - 60 }), 'exp'],
    ['without end', without('exp'), invalid],
    ['whose end is a text', (c) => ({ ...c, exp: String(c['exp']) }), invalid],
    ['without issue', without('iat'), invalid],
    ['not valid before an hour', (c) => ({ ...c, nbf: iat(c) + 3600 }), untimely],
    ['without sub', without('sub'), invalid],
    ['whose sub is a number', (c) => ({ ...c, sub: 899_700_261_797 }), invalid],
    ['of another issuer', (c) => ({ ...c, iss: 'https://ailleurs.invalid' }), mismatch],
    ['of the issuer and a slash', (c) => ({ ...c, iss: `${String(c['iss'])}/` }), mismatch],
    ['without issuer', without('iss'), invalid],
  ])('%s', async (_what, change, detail) => {
    provider.simulator.tamperIdToken(change)
    expect(await identify(provider.client)).toEqual(failure('invalid-response', detail))
    provider.simulator.tamperIdToken(null)
    identified(await identify(provider.client))
  })

  it.each<[string, (claims: IdTokenClaims) => IdTokenClaims, string]>([
    ['of an empty sub', (c) => ({ ...c, sub: '' }), 'TypeError'],
    [
      'of somebody else than userinfo',
      (c) => ({ ...c, sub: 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:899700218896' }),
      'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
    ],
    ['that contradicts userinfo', (c) => ({ ...c, SubjectNameID: '899700218896' }), 'identifiers'],
  ])('%s, beside its userinfo', async (_what, change, detail) => {
    provider.simulator.tamperIdToken(change)
    expect(await identify(provider.client)).toEqual(failureAfterIdToken('invalid-response', detail))
    provider.simulator.tamperIdToken(null)
    identified(await identify(provider.client))
  })

  it.each<[Signature, string]>([
    [{ key: 'other' }, invalid],
    [{ key: 'own', alg: 'none' }, invalid],
    [{ key: 'own', alg: 'HS256' }, invalid],
  ])('signed as %o', async (signature, detail) => {
    provider.simulator.tamperIdToken((claims) => claims, signature)
    expect(await identify(provider.client)).toEqual(failure('invalid-response', detail))
  })

  it.each(['comptoir', '', 'undefined'])('signed HS256 with « %s » for a secret', async (secret) => {
    provider.simulator.tamper('token', idTokenBy(hs256(secret)))
    expect(await identify(provider.client)).toEqual(failure('invalid-response', invalid))
    // Not even where the provider says that it signs so.
    provider.simulator.tamper(
      'discovery',
      members((real) => ({ ...real, id_token_signing_alg_values_supported: ['HS256', 'none'] })),
    )
    expect(await identify(provider.client)).toMatchObject({ reason: 'invalid-response' })
  })

  it.each<[string, unknown]>([
    ['that is absent', undefined],
    ['that is null', null],
    ['that is not one', 'x.y'],
    ['that is empty', ''],
    ['that is a number', 1],
    ['of five parts', 'a.b.c.d.e'],
  ])('%s', async (_what, idToken) => {
    provider.simulator.tamper(
      'token',
      members((real) => Object.fromEntries(Object.entries({ ...real, id_token: idToken }))),
    )
    expect(await identify(provider.client)).toMatchObject({ kind: 'failed', reason: 'invalid-response' })
  })
})

async function publish(key: Key): Promise<void> {
  provider.simulator.tamper('jwks', await jwksOf(key))
  provider.simulator.tamper('token', idTokenBy(signedWith(key)))
}

describe('the keys of the provider', () => {
  let old: Key
  let next: Key
  beforeAll(async () => {
    ;[old, next] = await Promise.all([newKey('ancienne'), newKey('nouvelle')])
  })

  it('may change: they are asked for again', async () => {
    await publish(old)
    identified(await identify(provider.client))
    await publish(next)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
    identified(await identify(provider.client))
  })

  it('may change from one attempt to the next, which has them', async () => {
    await publish(old)
    identified(await identify(provider.client))
    await publish(next)
    identified(await identify(provider.client))
  })

  it('are those published, whatever the ID token names', async () => {
    await publish(old)
    provider.simulator.tamper('token', idTokenBy(signedWith({ ...next, kid: old.kid })))
    expect(await identify(provider.client)).toEqual(failure('invalid-response', invalid))
    provider.simulator.tamper('token', idTokenBy(signedWith(next)))
    expect(await identify(provider.client)).toMatchObject({ reason: 'invalid-response' })
  })

  it.each<[string, string, string, Parameters<Provider['simulator']['tamper']>[1]]>([
    ['empty', 'invalid-response', 'OAUTH_KEY_SELECTION_FAILED', members(() => ({ keys: [] }))],
    ['not keys', 'invalid-response', invalid, members(() => ({ keys: 'rsa' }))],
    ['absent', 'invalid-response', invalid, members(() => ({}))],
    ['broken', 'unreachable', 'server-error', instead({ status: 500 })],
    ['not found', 'invalid-response', 'OAUTH_RESPONSE_IS_NOT_CONFORM', instead({ status: 404 })],
  ])('may be %s', async (_what, reason, detail, tampering) => {
    provider.simulator.tamper('jwks', tampering)
    expect(await identify(provider.client)).toEqual({ kind: 'failed', reason, detail })
    provider.simulator.tamper('jwks', null)
    identified(await identify(provider.client))
  })

  it('may be out of reach', async () => {
    provider.simulator.tamper(
      'discovery',
      members((real) => ({ ...real, jwks_uri: 'http://localhost:1/certs' })),
    )
    expect(await identify(provider.client)).toEqual(failure('unreachable', 'unreachable'))
  })
})
