import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kitsUserinfo, patriciasUserinfo, without } from '../identification/testing/userinfo.ts'
import { readIdentity, type IdentityReading, type PscIdentity } from './claims.ts'

const kit = '99700427885'
const patricia = '99700261797'
const uuid = '0b3f8a4e-6d57-4c1c-9d3a-5f0f5d8a2c11'
const noId = { kind: 'no-identifier' }
const idClaims = ['SubjectNameID', 'preferred_username', 'otherIds'] as const
type Json = Record<string, unknown>

function read(userinfo: Json, idToken: Json = { sub: uuid }, claim: string | null = null): IdentityReading {
  return readIdentity(userinfo, idToken, claim)
}
function identityIn(...given: Parameters<typeof read>): PscIdentity {
  const reading = read(...given)
  if (reading.kind !== 'identity') throw new Error(reading.kind)
  return reading.identity
}
const rppsIn = (...given: Parameters<typeof read>) => identityIn(...given).rpps?.digits ?? null

describe('who PSC says somebody is', () => {
  it('is read from the answer of the test environment', () => {
    expect(identityIn(kitsUserinfo)).toEqual({
      nationalId: { kind: 'rpps', digits: kit },
      rpps: { kind: 'rpps', digits: kit },
      firstName: 'KIT',
      lastName: 'DOC0042788',
      professions: ['other'],
      authMode: 'CARD',
    })
  })

  it('is read from what 2021 answered, without otherIds nor authMode', () => {
    const of2021 = { ...without(kitsUserinfo, 'otherIds', 'authMode'), email_verified: false }
    expect(identityIn(of2021)).toMatchObject({ rpps: { digits: kit }, authMode: null })
  })

  it('is read from what November 2023 answered, with codes at the top', () => {
    const { codeCivilite, ...refPro } = kitsUserinfo.SubjectRefPro
    const of2023 = { ...kitsUserinfo, codeCivilite, codeGenreActivite: 'GENR01', SubjectRefPro: refPro }
    expect(identityIn(of2023)).toEqual(identityIn(kitsUserinfo))
  })

  it('is the same with members that nobody knows', () => {
    const more = {
      ...kitsUserinfo,
      psi: { id: uuid },
      SubjectRefPro: { ...kitsUserinfo.SubjectRefPro, new: [1] },
    }
    expect(identityIn(more)).toEqual(identityIn(kitsUserinfo))
  })
})

describe('the RPPS', () => {
  it.each([
    ['SubjectNameID', { SubjectNameID: `8${patricia}` }],
    ['preferred_username', { preferred_username: `8${patricia}` }],
    ['otherIds', { otherIds: [{ identifiant: `8${patricia}`, origine: 'RPPS', qualite: 1 }] }],
    ['otherIDs', { otherIDs: [{ identifiant: `8${patricia}`, origine: 'RPPS', qualite: 1 }] }],
    [
      'a later entry of otherIds',
      {
        otherIds: [
          { identifiant: uuid, origine: 'PSI' },
          { identifiant: patricia, origine: 'RPPS' },
        ],
      },
    ],
    ['an origin in small letters', { otherIds: [{ identifiant: patricia, origine: 'rpps' }] }],
    [
      'otherIds beside a PSI name',
      {
        SubjectNameID: uuid,
        preferred_username: uuid,
        otherIds: [{ identifiant: `8${patricia}`, origine: 'RPPS' }],
      },
    ],
    ['preferred_username beside an empty name', { SubjectNameID: '', preferred_username: `8${patricia}` }],
    ['eleven digits', { SubjectNameID: patricia }],
    ['a number', { SubjectNameID: Number(`8${patricia}`) }],
    ['numbers in otherIds', { otherIds: [{ identifiant: Number(patricia), origine: 'RPPS' }] }],
    ['a text beside an otherIds that is none', { SubjectNameID: patricia, otherIds: 'RPPS' }],
    ['a text beside entries that are none', { SubjectNameID: patricia, otherIds: [null, 3, 'x', {}] }],
  ])('is found in %s', (_, claims) => {
    const { nationalId, rpps } = identityIn({ sub: uuid, ...claims })
    expect([nationalId, rpps?.digits]).toEqual([rpps, patricia])
  })

  it('is found in the ID token when the claim was moved there', () => {
    const moved = without(kitsUserinfo, ...idClaims)
    for (const name of idClaims) {
      expect(rppsIn(moved, { sub: uuid, [name]: kitsUserinfo[name] })).toBe(kit)
    }
  })

  it('is nobody’s where the person has another identifier', () => {
    const psi = {
      SubjectNameID: uuid,
      preferred_username: uuid,
      otherIds: [{ identifiant: uuid, origine: 'PSI' }],
    }
    expect(identityIn(psi)).toMatchObject({ nationalId: { kind: 'other', value: uuid }, rpps: null })
  })

  it.each(['0', '3', '5'])('is not what another kind of identifier looks like (%s…)', (type) => {
    expect(rppsIn({ SubjectNameID: `${type}${patricia}` })).toBeNull()
  })

  it('is not an identifier of another origin, however alike', () => {
    expect(read({ otherIds: [{ identifiant: `8${patricia}`, origine: 'ADELI' }] })).toEqual(noId)
  })
})

describe('an identifier that is not there', () => {
  it.each([
    ['nothing but a subject that contains it', { sub: kitsUserinfo.sub }],
    ['empty texts', { SubjectNameID: '', preferred_username: ' ', otherIds: [] }],
    ['null', { SubjectNameID: null, preferred_username: null, otherIds: null }],
    ['a list where a text is wanted', { SubjectNameID: [`8${patricia}`] }],
    ['an object where a text is wanted', { SubjectNameID: { value: `8${patricia}` } }],
    ['an entry without an identifier', { otherIds: [{ origine: 'RPPS' }] }],
  ])('is refused: %s', (_, claims) => {
    expect(read(claims)).toEqual(noId)
  })
})

describe('identifiers that are not the same person’s', () => {
  const others = [{ identifiant: `8${kit}`, origine: 'RPPS' }]
  it.each<[string, Json, Json]>([
    ['name and otherIds', { SubjectNameID: `8${patricia}`, otherIds: others }, {}],
    ['userinfo and ID token', { SubjectNameID: `8${patricia}` }, { SubjectNameID: `8${kit}` }],
    ['userinfo and otherIds of the ID token', { SubjectNameID: `8${patricia}` }, { otherIds: others }],
    [
      'otherIds and otherIDs',
      { otherIds: [{ identifiant: patricia, origine: 'RPPS' }], otherIDs: others },
      {},
    ],
    ['two of otherIds', { otherIds: [...others, { identifiant: patricia, origine: 'RPPS' }] }, {}],
  ])('are refused: %s', (_, userinfo, idToken) => {
    expect(read(userinfo, idToken)).toEqual({ kind: 'contradictory' })
  })

  it('are one person’s with and without the leading 8', () => {
    expect(
      rppsIn({ SubjectNameID: patricia, otherIds: [{ identifiant: `8${patricia}`, origine: 'RPPS' }] }),
    ).toBe(patricia)
  })
})

describe('the claim that the settings name', () => {
  it.each<[string, Json, Json]>([
    ['renamed', { rpps: patricia }, {}],
    ['with the leading 8', { rpps: `8${patricia}` }, {}],
    ['a number', { rpps: Number(patricia) }, {}],
    ['in the ID token', {}, { rpps: patricia }],
    [
      'a list as otherIds is',
      {
        rpps: [
          { identifiant: uuid, origine: 'PSI' },
          { identifiant: patricia, origine: 'RPPS' },
        ],
      },
      {},
    ],
  ])('is read: %s', (_, userinfo, idToken) => {
    expect(rppsIn(userinfo, idToken, 'rpps')).toBe(patricia)
  })

  it('is the only one that is read: without it, nobody', () => {
    expect(read({ SubjectNameID: `8${patricia}` }, { preferred_username: `8${patricia}` }, 'rpps')).toEqual(
      noId,
    )
  })

  it.each([[[patricia]], [{ identifiant: patricia }], [null], [''], [true]])(
    'is not read out of %j',
    (rpps) => {
      expect(read({ rpps }, {}, 'rpps')).toEqual(noId)
    },
  )

  it('does not hide an RPPS that contradicts it', () => {
    const otherIds = [{ identifiant: `8${kit}`, origine: 'RPPS' }]
    expect(read({ rpps: patricia, otherIds }, {}, 'rpps')).toEqual({ kind: 'contradictory' })
  })
})

describe('whatever the answer is', () => {
  const json = fc
    .dictionary(
      fc.oneof(fc.string(), fc.constantFrom(...Object.keys(kitsUserinfo), 'otherIDs', '__proto__')),
      fc.jsonValue(),
    )
    .map((members): Json => Object.fromEntries(Object.entries(members)))
  const claim = fc.option(fc.oneof(fc.string(), fc.constantFrom('rpps', 'SubjectNameID', '__proto__')))

  it('reading it never throws', () => {
    fc.assert(
      fc.property(json, json, claim, (userinfo, idToken, name) => {
        expect(['identity', 'no-identifier', 'contradictory']).toContain(read(userinfo, idToken, name).kind)
      }),
    )
  })

  it('reading a real one with any member replaced never throws either', () => {
    const member = fc.constantFrom(...Object.keys(kitsUserinfo))
    fc.assert(
      fc.property(member, fc.jsonValue(), (name, value) => {
        expect(() => read({ ...kitsUserinfo, [name]: value })).not.toThrow()
      }),
    )
  })

  it('nothing depends on `sub`', () => {
    const sub = fc.constantFrom(undefined, null, `8${patricia}`, patricia, kitsUserinfo.sub, Number(patricia))
    fc.assert(
      fc.property(json, json, sub, (userinfo, idToken, value) => {
        const bare = read(without(userinfo, 'sub'), without(idToken, 'sub'))
        expect(read({ ...userinfo, sub: value }, { ...idToken, sub: value })).toEqual(bare)
      }),
    )
    expect(read({ sub: `8${patricia}` }, { sub: `8${patricia}` })).toEqual(noId)
  })
})

describe('the names', () => {
  it('are those of the practice where there are no others', () => {
    expect(identityIn(without(patriciasUserinfo, 'given_name', 'family_name'))).toMatchObject({
      firstName: 'PATRICIA',
      lastName: 'ADJOINTPHARM',
    })
    expect(identityIn({ ...patriciasUserinfo, given_name: '', family_name: ' ' })).toMatchObject({
      firstName: 'PATRICIA',
      lastName: 'ADJOINTPHARM',
    })
  })

  it('are those of the ID token where the userinfo has none', () => {
    const names = { given_name: 'PATRICIA', family_name: 'ADJOINTPHARM', authMode: 'MOBILE' }
    expect(identityIn({ SubjectNameID: patricia }, names)).toMatchObject({
      firstName: 'PATRICIA',
      lastName: 'ADJOINTPHARM',
      authMode: 'MOBILE',
    })
  })

  it('are empty where nobody gives them', () => {
    expect(identityIn({ SubjectNameID: patricia })).toMatchObject({
      firstName: '',
      lastName: '',
      authMode: null,
    })
  })
})
