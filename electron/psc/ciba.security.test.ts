import { describe, expect, it } from 'vitest'
import { late, members } from '../../e2e/psc-simulator/answers.ts'
import type { IdTokenClaims, Signature, Tampering } from '../../e2e/psc-simulator/simulator.ts'
import { openPhone, patriciasId, type PhonePlace } from './testing/phone.ts'

const rung = ({ simulator }: PhonePlace) =>
  expect.poll(() => simulator.phone.pending().length, { interval: 10, timeout: 5000 }).toBe(1)
const validated = async (place: PhonePlace) => {
  const { answer } = place.ask()
  await rung(place)
  await place.simulator.phone.approve(patriciasId)
  return answer
}
const nobody = { kind: 'failed', reason: 'invalid-response' }
const same = (claims: IdTokenClaims): IdTokenClaims => claims

describe('what was validated on a phone identifies nobody', () => {
  it.each<[string, (claims: IdTokenClaims) => IdTokenClaims, Signature]>([
    ['signed by another key', same, { key: 'other' }],
    ['not signed', same, { key: 'own', alg: 'none' }],
    ['signed with a public key as a secret', same, { key: 'own', alg: 'HS256' }],
    ['for another client', (claims) => ({ ...claims, aud: 'autre' }), { key: 'own' }],
    ['given to another', (claims) => ({ ...claims, azp: 'autre' }), { key: 'own' }],
    ['of another issuer', (claims) => ({ ...claims, iss: 'https://ailleurs.invalid' }), { key: 'own' }],
    ['that has expired', (claims) => ({ ...claims, exp: Number(claims['iat']) - 60 }), { key: 'own' }],
    ['of nobody', ({ sub: _sub, ...claims }) => claims, { key: 'own' }],
  ])('by an ID token %s', async (_, change, signature) => {
    const place = await openPhone()
    place.simulator.tamperIdToken(change, signature)
    expect(await validated(place)).toMatchObject(nobody)
  })

  it('without ID token', async () => {
    const place = await openPhone()
    const token: Tampering = members(({ id_token: _idToken, ...rest }) => rest)
    place.simulator.tamper('token', token)
    expect(await validated(place)).toMatchObject({ ...nobody, detail: 'id_token' })
  })

  it('by the userinfo of somebody else', async () => {
    const place = await openPhone()
    place.simulator.tamper(
      'userinfo',
      members((real) => ({ ...real, sub: 'f:autre:899700427885' })),
    )
    expect(await validated(place)).toMatchObject(nobody)
  })

  it('below the level that was asked for', async () => {
    const place = await openPhone()
    place.simulator.tamperIdToken((claims) => ({ ...claims, acr: '0' }))
    expect(await validated(place)).toMatchObject({ kind: 'failed', reason: 'level-too-low' })
  })
})

describe('what is given up', () => {
  it('before it was sent never rings', async () => {
    const place = await openPhone()
    place.simulator.tamper('discovery', late(200))
    const { answer, cancel } = place.ask()
    cancel()
    expect(await answer).toEqual({ kind: 'cancelled' })
    await expect.poll(() => place.simulator.requests('discovery')).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(place.simulator.requests('ciba')).toBe(0)
  })

  it('while it rings is not polled any more, whatever the phone says', async () => {
    const place = await openPhone()
    const { answer, cancel } = place.ask()
    await rung(place)
    cancel()
    expect(await answer).toEqual({ kind: 'cancelled' })
    const polls = place.simulator.requests('token')
    await place.simulator.phone.approve(patriciasId)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(place.simulator.requests('token')).toBe(polls)
    expect(place.simulator.requests('userinfo')).toBe(0)
  })

  it.each(['token', 'userinfo'] as const)(
    'while the %s endpoint answers identifies nobody',
    async (endpoint) => {
      const place = await openPhone()
      place.simulator.tamper(endpoint, late(300))
      const { answer, cancel } = place.ask()
      await rung(place)
      await place.simulator.phone.approve(patriciasId)
      const before = place.simulator.requests(endpoint)
      await expect
        .poll(() => place.simulator.requests(endpoint), { interval: 10, timeout: 5000 })
        .toBeGreaterThan(before)
      cancel()
      expect(await answer).toEqual({ kind: 'cancelled' })
    },
  )
})
