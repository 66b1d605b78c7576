import { describe, expect, it } from 'vitest'
import { holderOf } from './testing/snapshots.ts'
import { der, tokenOf } from './testing/watched.ts'
import { cardOf, isContactless, triesLeftOf } from './token.ts'

describe('the tries left', () => {
  it.each([
    [0x40d, 3],
    [0x1040d, 2],
    [0x3040d, 1],
    [0x2040d, 1],
    [0x4040d, 0],
    [0x7040d, 0],
  ])('of flags %i are %i', (flags, tries) => {
    expect(triesLeftOf(flags)).toBe(tries)
  })

  it("are not those of the unblocking code, whose flags are the security officer's", () => {
    expect(triesLeftOf(0x40d | 0x100000 | 0x200000 | 0x400000)).toBe(3)
  })
})

describe('a card without contact', () => {
  it.each([
    ['CPS3v3-2800385266', false],
    ['CPS4v1-8042410007', false],
    ['CPS3v3_CL', true],
    ['CPS4v1_CL', true],
    ['CPS3v3-', true],
    ['', true],
  ])('of label « %s »: %s', (label, contactless) => {
    expect(isContactless(label)).toBe(contactless)
  })
})

const read = () => holderOf()
const refuse = () => {
  throw new Error('not a certificate')
}

describe('a card as it was read', () => {
  it('has its holder', () => {
    expect(cardOf('Lecteur', tokenOf({ flags: 0x10000 }), read)).toEqual({
      reader: 'Lecteur',
      label: 'CPS3v3-2800385266',
      model: 'IAS ECC',
      serial: '28003852',
      contactless: false,
      triesLeft: 2,
      certificate: { kind: 'read', holder: holderOf() },
    })
  })

  it.each([
    ['nobody can read', der('x'), refuse],
    ['is not there', null, read],
  ] as const)('has no holder when its certificate %s', (_what, certificate, holderOfDer) => {
    expect(cardOf('Lecteur', tokenOf({ certificate }), holderOfDer).certificate).toEqual({
      kind: 'unreadable',
    })
  })

  it('has no certificate at all without contact: the one that is there names nobody', () => {
    expect(cardOf('Lecteur', tokenOf({ label: 'CPS3v3_CL' }), read)).toMatchObject({
      contactless: true,
      certificate: { kind: 'none' },
    })
  })
})
