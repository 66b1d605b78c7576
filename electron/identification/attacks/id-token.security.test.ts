import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { members } from '../../../e2e/psc-simulator/answers.ts'
import type { IdTokenClaims, Signature } from '../../../e2e/psc-simulator/simulator.ts'
import { hs256, idTokenBy, newKey, signedWith } from '../../psc/testing/tokens.ts'
import { plays, says, type Attack } from './testing/row.ts'
import { openSite, type Site } from './testing/site.ts'

let site: Site
beforeEach(async () => {
  site = await openSite()
})
afterEach(() => site.stop())

const claims = (change: (real: IdTokenClaims) => IdTokenClaims, signature?: Signature): Attack['play'] => {
  return ({ simulator }) => simulator.tamperIdToken(change, signature)
}
const same = (real: IdTokenClaims): IdTokenClaims => real
const without = (name: string) =>
  claims((real) => Object.fromEntries(Object.entries(real).filter(([member]) => member !== name)))
const at = ({ iat }: IdTokenClaims, seconds: number): number => Number(iat) + seconds

const rejected = 'OAUTH_INVALID_RESPONSE'
const mismatch = 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'
const untimely = 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'
const invalid = (what: string, detail: string, play: Attack['play']): Attack => {
  return { what, play, shown: says.invalid, journalled: ['invalid-response', detail] }
}

const attacks: readonly Attack[] = [
  invalid('signed by another key under the same kid', rejected, claims(same, { key: 'other' })),
  invalid('not signed (alg none)', rejected, claims(same, { key: 'own', alg: 'none' })),
  invalid('signed HS256 by the client id', rejected, ({ simulator }) =>
    simulator.tamper('token', idTokenBy(hs256('comptoir'))),
  ),
  invalid('signed HS256 by the public key (key confusion)', rejected, async ({ simulator }) => {
    const jwks = await (await fetch(`${simulator.issuer}/protocol/openid-connect/certs`)).text()
    simulator.tamper('token', idTokenBy(hs256(jwks)))
  }),
  invalid(
    'signed by a key of the attacker’s, which it names itself',
    'OAUTH_KEY_SELECTION_FAILED',
    async ({ simulator }) => simulator.tamper('token', idTokenBy(signedWith(await newKey('attaquant')))),
  ),
  invalid(
    'of another nonce',
    mismatch,
    claims((real) => ({ ...real, nonce: 'autre' })),
  ),
  invalid('without nonce', rejected, without('nonce')),
  invalid(
    'for another audience',
    mismatch,
    claims((real) => ({ ...real, aud: 'autre' })),
  ),
  invalid(
    'for several audiences, given to another',
    mismatch,
    claims((real) => ({ ...real, aud: ['comptoir', 'autre'], azp: 'autre' })),
  ),
  invalid(
    'given to another party (azp)',
    'azp',
    claims((real) => ({ ...real, azp: 'autre' })),
  ),
  invalid(
    'of another issuer',
    mismatch,
    claims((real) => ({ ...real, iss: 'https://ailleurs.invalid' })),
  ),
  invalid(
    'expired an hour ago',
    untimely,
    claims((real) => ({ ...real, exp: at(real, -3600) })),
  ),
  invalid(
    'expired a minute ago, by the provider’s clock',
    'exp',
    claims((real) => ({ ...real, exp: at(real, -60) })),
  ),
  invalid('without end', rejected, without('exp')),
  invalid(
    'not valid before an hour',
    untimely,
    claims((real) => ({ ...real, nbf: at(real, 3600) })),
  ),
  invalid('without subject', rejected, without('sub')),
  invalid(
    'of somebody else than userinfo (swapped userinfo)',
    'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
    claims((real) => ({ ...real, sub: 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:899700218896' })),
  ),
  invalid(
    'whose national id contradicts userinfo',
    'identifiers',
    claims((real) => ({ ...real, SubjectNameID: '899700218896' })),
  ),
  invalid('that is absent', rejected, ({ simulator }) =>
    simulator.tamper(
      'token',
      members(({ id_token: _removed, ...real }) => real),
    ),
  ),
]

describe('an ID token', () => {
  it.each(attacks)('$what lets nobody in', async (attack) => {
    await plays(site, attack)
    site.simulator.tamperIdToken(null)
    site.simulator.tamper('token', null)
    const url = await site.press()
    await site.visit(url)
    await site.settled()
    expect(site.connected()).toBe('1')
  })

  it('of an unknown level lets nobody in, and the browser leaves it before it is asked again', async () => {
    await plays(site, {
      what: 'of an unknown level',
      play: claims((real) => ({ ...real, acr: 'loa-1' })),
      shown: says.level('loa-1'),
      journalled: ['level-too-low', 'loa-1'],
    })
    expect(new URL(await site.press()).pathname).toMatch(/\/logout$/)
    expect([site.step(), site.connected()]).toEqual(['leaving', null])
  })

  it('replayed from an earlier login lets nobody in', async () => {
    const stolen: string[] = []
    site.simulator.tamper('token', {
      answer: (real) => {
        stolen.push(real.body)
        return real
      },
    })
    const other = await openSite()
    await site.visit(await site.press())
    await site.settled()
    expect(site.connected()).toBe('1')
    other.simulator.tamper('token', { answer: (real) => ({ ...real, body: stolen[0] ?? '' }) })
    await plays(other, {
      what: 'replayed',
      play: () => undefined,
      shown: says.invalid,
      journalled: ['invalid-response', mismatch],
    })
    await other.stop()
  })
})
