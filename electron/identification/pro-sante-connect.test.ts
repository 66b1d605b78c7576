import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFresh, proofOf, type Asserted } from './pro-sante-connect.ts'
import { identified } from './testing/counter.ts'

describe('an identity is fresh', () => {
  it.each([
    ['when it was made in the attempt', 5, 20_000, true],
    ['when it was made as the attempt began', 20, 20_000, true],
    ['when only the rounding makes it older', 21, 20_000, true],
    ['not when it was made before the attempt', 22, 20_000, false],
    ['not by less than the rounding more', 21, 19_999, false],
    ['at once, by the rounding alone', 1, 0, true],
    ['not when it is just older than no time at all', 2, 0, false],
    ['not when nothing tells its age', null, 180_000, false],
  ])('%s', (_, age, elapsed, fresh) => {
    expect(isFresh(age, elapsed)).toBe(fresh)
  })

  it('exactly when its age is at most the time since the attempt began, to a second', () => {
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(900_000), (age, elapsed) => {
        expect(isFresh(age, elapsed)).toBe((age - 1) * 1000 <= elapsed)
      }),
    )
  })

  it('never when nothing tells its age', () => {
    fc.assert(fc.property(fc.nat(), (elapsed) => !isFresh(null, elapsed)))
  })
})

function authentication(authMode: string | null, age: number | null): Asserted {
  return identified({ identity: { authMode }, trace: { acr: 'eidas2' }, age, returnedAt: 10_000 })
}

describe('what an authentication proves', () => {
  it.each([
    ['CARD', 'card'],
    ['MOBILE', 'e-cps'],
    ['WEBAUTHN', 'unknown'],
    ['', 'unknown'],
    [null, 'unknown'],
  ])('by %j is a session by %s', (authMode, credential) => {
    expect(proofOf(authentication(authMode, 0), 'freshness').evidence).toMatchObject({
      kind: 'psc',
      credential,
    })
  })

  it.each(['constructor', 'toString', '__proto__'])(
    'by the name of a member of every object is nothing that is known (%s)',
    (authMode) => {
      expect(proofOf(authentication(authMode, 0), 'freshness').evidence.credential).toBe('unknown')
    },
  )

  it.each(['freshness', 'password'] as const)('is journalled with what confirmed it (%s)', (confirmedBy) => {
    expect(proofOf(authentication('CARD', 0), confirmedBy).details).toEqual({
      flow: 'code',
      host: 'psc.test',
      acr: 'eidas2',
      acrFrom: 'psc',
      authMode: 'CARD',
      authTime: null,
      nationalId: '899700261797',
      confirmedBy,
    })
  })

  it.each([
    ['four hours after it was made', 600, 10_000 + 14_400_000 - 600_000],
    ['four hours from now where nothing tells its age', null, 10_000 + 14_400_000],
  ])('lasts %s', (_, age, endsAt) => {
    expect(proofOf(authentication('CARD', age), 'freshness').evidence).toMatchObject({ endsAt })
  })
})
