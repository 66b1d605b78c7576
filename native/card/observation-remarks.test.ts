import { describe, expect, it } from 'vitest'
import { remarksOf, rppsOf } from './observation.ts'
import type { Card, Remark } from './states.ts'
import { contactless, now, soundCard } from './testing/observed.ts'
import { cardOf, holderOf } from './testing/snapshots.ts'

function cardUntil(validUntil: string): Card {
  return cardOf({ certificate: { kind: 'read', holder: holderOf({ test: false, validUntil }) } })
}

describe('what there is to say of a card', () => {
  it.each<[string, Card, Remark[]]>([
    ['nothing', soundCard(), []],
    ['two tries', soundCard({ triesLeft: 2 }), ['two-tries']],
    ['one try', soundCard({ triesLeft: 1 }), ['last-try']],
    ['no try', soundCard({ triesLeft: 0 }), ['blocked']],
    ['no certificate', soundCard({ certificate: { kind: 'unreadable' } }), ['unreadable-certificate']],
    ['no contact', contactless('A'), ['contactless']],
    ['no contact, whatever its flags say', { ...contactless('A'), triesLeft: 0 }, ['contactless']],
    [
      'the test series',
      soundCard({
        certificate: { kind: 'read', holder: holderOf({ validUntil: '2028-01-01T00:00:00.000Z' }) },
      }),
      ['test'],
    ],
    [
      'no RPPS',
      soundCard({
        certificate: {
          kind: 'read',
          holder: holderOf({ test: false, nationalId: { kind: 'other', value: '00B6087510' } }),
        },
      }),
      ['without-rpps'],
    ],
    [
      'no national id',
      soundCard({ certificate: { kind: 'read', holder: holderOf({ test: false, nationalId: null }) } }),
      ['without-rpps'],
    ],
    [
      'all that is grave, gravest first',
      soundCard({
        triesLeft: 0,
        certificate: {
          kind: 'read',
          holder: holderOf({ nationalId: null, validUntil: '2020-01-01T00:00:00.000Z' }),
        },
      }),
      ['blocked', 'expired', 'test', 'without-rpps'],
    ],
    [
      'all that is to be watched, gravest first',
      soundCard({
        triesLeft: 1,
        certificate: {
          kind: 'read',
          holder: holderOf({ nationalId: null, validUntil: '2026-12-01T00:00:00.000Z' }),
        },
      }),
      ['last-try', 'test', 'expiring', 'without-rpps'],
    ],
  ])('%s', (_what, card, remarks) => {
    expect(remarksOf(card, now)).toEqual(remarks)
  })

  it('says an expired card before its last try', () => {
    const card = { ...cardUntil('2020-01-01T00:00:00.000Z'), triesLeft: 1 }
    expect(remarksOf(card, now)).toEqual(['expired', 'last-try'])
  })

  it.each<[string, Remark[]]>([
    ['2026-11-22T09:59:59.999Z', ['expired']],
    ['2026-11-22T10:00:00.000Z', ['expired']],
    ['2026-11-22T10:00:00.001Z', ['expiring']],
    ['2027-01-21T10:00:00.000Z', ['expiring']],
    ['2027-01-21T10:00:00.001Z', []],
  ])('valid until %s', (until, remarks) => {
    expect(remarksOf(cardUntil(until), now)).toEqual(remarks)
  })
})

describe('the RPPS of a holder', () => {
  it.each([
    [{ kind: 'rpps', digits: '99700261797' }, '99700261797'],
    [{ kind: 'other', value: '00B6087510' }, null],
    [null, null],
  ] as const)('of %o is %s', (nationalId, rpps) => {
    expect(rppsOf(holderOf({ nationalId }))).toBe(rpps)
  })
})
