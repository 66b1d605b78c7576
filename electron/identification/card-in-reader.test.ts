import { describe, expect, it } from 'vitest'
import type { Card, CardState, CardStateKind, Remark } from '../../native/card/states.ts'
import {
  cardOf,
  cardOfRpps,
  holderOf,
  kitsDigits,
  patriciasDigits,
  present,
  reader,
} from '../../native/card/testing/snapshots.ts'
import { cardAfter, type CardInReader } from './card-in-reader.ts'

const label = 'CPS3v3-2800385266'
const patricias: CardInReader = { label, rpps: patriciasDigits, valid: true, since: 1000 }

/** What says nothing of a card that was there, and what says that it is gone; the rest is tested one by one. */
const others: {
  [K in Exclude<CardStateKind, 'card' | 'several-cards'>]:
    ['left', Extract<CardState, { kind: K }>] | ['gone', Extract<CardState, { kind: K }>]
} = {
  searching: ['left', { kind: 'searching' }],
  reading: ['left', { kind: 'reading', reader }],
  'reader-busy': ['left', { kind: 'reader-busy', reader }],
  restarting: ['left', { kind: 'restarting', reference: '7K2-49R' }],
  'service-stopped': ['left', { kind: 'service-stopped' }],
  'cryptolib-missing': ['left', { kind: 'cryptolib-missing' }],
  'cryptolib-32-bit-only': ['left', { kind: 'cryptolib-32-bit-only', path: '/opt/cps.so' }],
  'cryptolib-unusable': [
    'left',
    { kind: 'cryptolib-unusable', path: '/opt/cps.so', reason: 'not-loaded', reference: '7K2-49R' },
  ],
  'cryptolib-too-old': ['left', { kind: 'cryptolib-too-old', version: '5.1.9' }],
  'no-reader': ['gone', { kind: 'no-reader' }],
  'remote-session': ['gone', { kind: 'remote-session', by: 'rdp' }],
  'empty-reader': ['gone', { kind: 'empty-reader', reader }],
  mute: ['gone', { kind: 'mute', reader }],
  vitale: ['gone', { kind: 'vitale', reader }],
  'not-recognised': ['gone', { kind: 'not-recognised', reader }],
}

describe.each(Object.values(others))('a card is %s by %o', (what, state) => {
  it('when it was in the reader', () => {
    expect(cardAfter(patricias, state, 2000)).toBe(what === 'left' ? patricias : null)
  })

  it('and none comes of it when there was none', () => {
    expect(cardAfter(null, state, 2000)).toBeNull()
  })
})

describe('a card that is read', () => {
  it('is in the reader since then, and says whose it is', () => {
    expect(cardAfter(null, present(), 2000)).toEqual({ ...patricias, since: 2000 })
  })

  it('is the same one as long as its label is', () => {
    expect(cardAfter(patricias, present(), 2000)).toEqual(patricias)
    const unread = cardOf({ certificate: { kind: 'unreadable' } })
    expect(cardAfter(patricias, present(unread), 2000)).toEqual({ ...patricias, rpps: null })
  })

  it('is another one with another label, were it of the same person', () => {
    const second = cardOfRpps(patriciasDigits, 'CPS3v3-2800000001')
    expect(cardAfter(patricias, present(second), 2000)).toMatchObject({ rpps: patriciasDigits, since: 2000 })
    const kits = cardOfRpps(kitsDigits)
    expect(cardAfter(patricias, present(kits), 2000)).toMatchObject({ rpps: kitsDigits, since: 2000 })
  })

  it.each<[boolean, Remark[]]>([
    [false, ['blocked']],
    [false, ['expired']],
    [false, ['expired', 'test']],
    [true, ['last-try', 'test', 'expiring']],
    [true, ['two-tries', 'unreadable-certificate', 'without-rpps']],
  ])('is valid: %s, with the remarks %j', (valid, remarks) => {
    expect(cardAfter(null, present(cardOf(), ...remarks), 0)?.valid).toBe(valid)
  })

  it('that becomes blocked where it is has not moved', () => {
    expect(cardAfter(patricias, present(cardOf({ triesLeft: 0 }), 'blocked'), 2000)).toEqual({
      ...patricias,
      valid: false,
    })
  })

  it.each([
    ['its certificate is unreadable', cardOf({ certificate: { kind: 'unreadable' } })],
    [
      'it has another national id',
      cardOf({
        certificate: {
          kind: 'read',
          holder: holderOf({ nationalId: { kind: 'other', value: '00B6087510' } }),
        },
      }),
    ],
    ['it has none', cardOfRpps(null, label)],
  ])('has no RPPS when %s', (_, card) => {
    expect(cardAfter(null, present(card), 1000)).toEqual({ ...patricias, rpps: null })
  })

  it('without contact is in no reader: it cannot be left in one', () => {
    const held = cardOf({ contactless: true, certificate: { kind: 'none' } })
    expect(cardAfter(patricias, present(held, 'contactless'), 2000)).toBeNull()
  })
})

const several = (...cards: Card[]): CardState => ({ kind: 'several-cards', cards })

describe('several cards', () => {
  it('are nobody’s when they come together', () => {
    expect(cardAfter(null, several(cardOf(), cardOfRpps(kitsDigits)), 2000)).toBeNull()
  })

  it('leave the one that was there before', () => {
    const state = several(cardOfRpps(kitsDigits), cardOf())
    expect(cardAfter(patricias, state, 2000)).toBe(patricias)
  })

  it('do not hold one that is none of them', () => {
    const state = several(cardOfRpps(kitsDigits), cardOfRpps(null))
    expect(cardAfter(patricias, state, 2000)).toBeNull()
  })
})
