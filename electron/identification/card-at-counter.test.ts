import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { CardState } from '../../native/card/states.ts'
import {
  cardOf,
  cardOfRpps,
  kitsDigits,
  patriciasDigits,
  present,
  reader,
  snapshotOf,
} from '../../native/card/testing/snapshots.ts'
import type { Rpps } from '../operators/national-id.ts'
import type { Operator } from '../operators/operator.ts'
import { createCardAtCounter } from './card-at-counter.ts'

const patriciasRpps: Rpps = { kind: 'rpps', digits: patriciasDigits }
const kitsRpps: Rpps = { kind: 'rpps', digits: kitsDigits }

const patricia: Operator = {
  id: 'id-1',
  code: '1',
  firstName: 'Patricia',
  lastName: 'ADJOINTPHARM',
  role: 'adjoint',
  rpps: patriciasRpps,
  suspended: false,
  firstDay: null,
  lastDay: null,
  rights: [],
}
const kit: Operator = { ...patricia, id: 'id-2', code: '2', firstName: 'Kit', rpps: kitsRpps }

const patricias = present(cardOf({ reader }))
const kits = present(cardOfRpps(kitsDigits))
const empty: CardState = { kind: 'empty-reader', reader }
const both: CardState = { kind: 'several-cards', cards: [cardOf(), cardOfRpps(kitsDigits)] }
const searching = snapshotOf({ kind: 'searching' })

/** Patricia and Kit have their RPPS, at nine in the morning; `ask` is what the database does when it is asked. */
function counter({ team = [patricia, kit] }: { team?: Operator[] } = {}) {
  let time = 0
  let ask = (rpps: Rpps) => Promise.resolve(team.find((one) => one.rpps?.digits === rpps.digits) ?? null)
  const heard: string[] = []
  let changes = 0
  const card = createCardAtCounter({
    clock: { now: () => new Date(2026, 2, 2, 9), monotonic: () => time },
    enabled: searching,
    operators: { byRpps: (rpps) => ask(rpps) },
    changed: () => {
      changes += 1
    },
    inserted: ({ rpps }) => heard.push(`inserted ${rpps}`),
    removed: ({ rpps }) => heard.push(`removed ${rpps}`),
  })
  return {
    card,
    heard,
    changes: () => changes,
    /** The card process says one after the other, a second apart, and what it sets off is over. */
    see: async (...states: CardState[]) => {
      for (const state of states) {
        time += 1000
        card.seen(snapshotOf(state))
        await nextTurn()
      }
    },
    operatorChanges: async () => {
      time += 1000
      card.operatorChanged()
      await nextTurn()
    },
    database: (next: typeof ask) => {
      ask = next
    },
  }
}

describe('the card that is shown', () => {
  it('is what the card process said last', async () => {
    const { card, see, changes } = counter()
    expect(card.snapshot()).toBe(searching)
    await see({ kind: 'no-reader' })
    expect([card.snapshot(), changes()]).toEqual([snapshotOf({ kind: 'no-reader' }), 1])
  })

  it('is none where the settings silence it', () => {
    const silent = createCardAtCounter({
      clock: { now: () => new Date(), monotonic: () => 0 },
      enabled: null,
      operators: { byRpps: () => Promise.resolve(patricia) },
      changed: () => undefined,
      inserted: () => undefined,
      removed: () => undefined,
    })
    expect([silent.snapshot(), silent.codeFor(null), silent.confirms(patriciasRpps)]).toEqual([
      null,
      null,
      false,
    ])
  })
})

describe('what could make a card confirm', () => {
  it('is to insert it, or to insert it again where it was left behind', async () => {
    const { card, see } = counter()
    expect(card.hintFor(patriciasRpps)).toBe('insert')
    await see(patricias)
    expect([card.hintFor(patriciasRpps), card.hintFor(kitsRpps)]).toEqual(['insert-again', 'insert'])
  })

  it.each(['blocked', 'expired'] as const)('is nothing for one that is %s', async (remark) => {
    const { card, see } = counter()
    await see(present(cardOf(), remark))
    expect(card.hintFor(patriciasRpps)).toBe('unusable')
  })
})

describe('a card inserted and removed', () => {
  it('is told once each', async () => {
    const { heard, see, card } = counter()
    await see(empty, { kind: 'reading', reader }, patricias, patricias)
    expect([heard, card.isInserted(patriciasRpps), card.isInserted(kitsRpps)]).toEqual([
      ['inserted 99700261797'],
      true,
      false,
    ])
    await see(empty, empty)
    expect(heard.slice(1)).toEqual(['removed 99700261797'])
    expect(card.isInserted(patriciasRpps)).toBe(false)
  })

  it('is told again when it comes back', async () => {
    const { heard, see } = counter()
    await see(patricias, empty, patricias)
    expect(heard).toEqual(['inserted 99700261797', 'removed 99700261797', 'inserted 99700261797'])
  })

  it('is told of both when it is swapped, were it unseen', async () => {
    const { heard, see, card } = counter()
    await see(patricias, { kind: 'reading', reader }, kits)
    expect(heard).toEqual(['inserted 99700261797', 'removed 99700261797', 'inserted 99700427885'])
    expect(card.codeFor(null)).toBe('2')
  })

  it.each<CardState>([
    { kind: 'reading', reader },
    { kind: 'reader-busy', reader },
    { kind: 'restarting', reference: '7K2-49R' },
    both,
  ])('has not moved when nothing was known of it meanwhile (%o)', async (unknown) => {
    const { heard, see, operatorChanges, card } = counter()
    await see(patricias)
    await operatorChanges()
    await see(unknown, patricias)
    expect(heard).toEqual(['inserted 99700261797'])
    expect(card.confirms(patriciasRpps)).toBe(false)
  })

  it('was removed while nothing was known, when the reader is empty afterwards', async () => {
    const { heard, see } = counter()
    await see(patricias, { kind: 'restarting', reference: '7K2-49R' }, empty)
    expect(heard).toEqual(['inserted 99700261797', 'removed 99700261797'])
  })
})

describe('the code that a card fills in', () => {
  it('is that of whoever has its RPPS, and the windows are told once it is found', async () => {
    const { card, see, changes } = counter()
    await see(patricias)
    expect([card.codeFor(null), changes()]).toEqual(['1', 2])
    await see(empty)
    expect(card.codeFor(null)).toBeNull()
  })

  it('is found whatever else the card process says meanwhile', async () => {
    const { card } = counter()
    card.seen(snapshotOf(patricias, { events: false }))
    card.seen(snapshotOf(patricias))
    await nextTurn()
    expect(card.codeFor(null)).toBe('1')
  })

  it('is there when the card waited for its operator before Comptoir started', () => {
    const waiting = counter()
    waiting.card.seen(snapshotOf(patricias))
    return nextTurn().then(() => expect(waiting.card.codeFor(null)).toBe('1'))
  })

  it('is none of a card that was there before the last change of operator, until it is inserted again', async () => {
    const { card, see, operatorChanges } = counter()
    await see(patricias)
    await operatorChanges()
    expect(card.codeFor(null)).toBeNull()
    await see(patricias)
    expect(card.codeFor(null)).toBeNull()
    await see(empty, patricias)
    expect(card.codeFor(null)).toBe('1')
  })

  it('is none of a card that comes with the change', async () => {
    const { card, see } = counter()
    await see(patricias)
    card.operatorChanged()
    await nextTurn()
    expect(card.codeFor(null)).toBeNull()
  })

  it('is for whoever is awaited, and nobody else', async () => {
    const { card, see } = counter()
    await see(patricias)
    expect([card.codeFor(patricia), card.codeFor(kit)]).toEqual(['1', null])
  })

  it.each<[string, Partial<Operator>]>([
    ['is suspended', { suspended: true }],
    ['has not begun', { firstDay: '2026-03-03' }],
    ['has left', { lastDay: '2026-03-01' }],
  ])('is none of an operator who %s', async (_, more) => {
    const { card, see } = counter({ team: [{ ...patricia, ...more }] })
    await see(patricias)
    expect([card.codeFor(null), card.codeFor(patricia)]).toEqual([null, null])
  })

  it.each<[string, CardState]>([
    ['a card of nobody here', present(cardOfRpps('99700000001'))],
    ['a card without RPPS', present(cardOfRpps(null))],
    ['several cards', both],
    ['a card without contact', present(cardOf({ contactless: true }), 'contactless')],
  ])('is none with %s', async (_, state) => {
    const { card, see } = counter()
    await see(state)
    expect(card.codeFor(null)).toBeNull()
  })

  it('is filled by a blocked card too: it says whose it is', async () => {
    const { card, see } = counter()
    await see(present(cardOf({ triesLeft: 0 }), 'blocked'))
    expect(card.codeFor(null)).toBe('1')
  })

  it('is only left to be typed when the database does not answer', async () => {
    const { card, see, changes, database, operatorChanges } = counter()
    database(() => Promise.reject(new Error('busy')))
    await see(patricias)
    expect([card.codeFor(null), card.isInserted(patriciasRpps), changes()]).toEqual([null, true, 1])
    await operatorChanges()
    expect(changes()).toBe(1)
    await see(empty)
    database(() => Promise.resolve(patricia))
    await see(patricias)
    expect(card.codeFor(null)).toBe('1')
  })

  it('is none while the database is asked whose the next card is', async () => {
    const { card, see, database } = counter()
    await see(patricias)
    database(() => new Promise(() => undefined))
    await see(kits)
    expect(card.codeFor(null)).toBeNull()
  })

  it('is not that of a card that left before the database answered', async () => {
    const { card, see, database } = counter()
    const answers: ((operator: Operator | null) => void)[] = []
    database(() => new Promise((resolve) => answers.push(resolve)))
    await see(patricias, kits)
    answers[1]?.(kit)
    await nextTurn()
    answers[0]?.(patricia)
    await nextTurn()
    expect([answers.length, card.codeFor(null)]).toEqual([2, '2'])
  })

  it('is that of whoever has the RPPS by the last change of operator', async () => {
    const team = [kit]
    const { card, see, operatorChanges } = counter({ team })
    await see(kits)
    await operatorChanges()
    team[0] = { ...kit, code: 'KIT' }
    await see(empty, kits)
    expect(card.codeFor(null)).toBe('KIT')
  })
})

describe('the card that confirms', () => {
  it('is that of the RPPS asked for, and no other', async () => {
    const { card, see } = counter()
    expect(card.confirms(patriciasRpps)).toBe(false)
    await see(patricias)
    expect([card.confirms(patriciasRpps), card.confirms(kitsRpps)]).toEqual([true, false])
    await see(kits)
    expect([card.confirms(patriciasRpps), card.confirms(kitsRpps)]).toEqual([false, true])
  })

  it('needs no answer of the database', async () => {
    const { card, see, database } = counter()
    database(() => Promise.reject(new Error('busy')))
    await see(patricias)
    expect(card.confirms(patriciasRpps)).toBe(true)
  })

  it.each(['blocked', 'expired'] as const)('is none that is %s', async (remark) => {
    const { card, see } = counter()
    await see(present(cardOf(), remark))
    expect(card.confirms(patriciasRpps)).toBe(false)
  })

  it('is none any more once it is blocked where it is', async () => {
    const { card, see } = counter()
    await see(patricias, present(cardOf({ triesLeft: 0 }), 'blocked'))
    expect(card.confirms(patriciasRpps)).toBe(false)
  })

  it('is none that was left behind, until it is inserted again', async () => {
    const { card, see, operatorChanges } = counter()
    await see(patricias)
    await operatorChanges()
    expect(card.confirms(patriciasRpps)).toBe(false)
    await see(empty, patricias)
    expect(card.confirms(patriciasRpps)).toBe(true)
    await operatorChanges()
    expect(card.confirms(patriciasRpps)).toBe(false)
  })

  it('is none that was left behind in a second reader', async () => {
    const { card, see, operatorChanges } = counter()
    await see(kits, both)
    await operatorChanges()
    await see(patricias)
    expect(card.confirms(patriciasRpps)).toBe(false)
    expect(card.codeFor(null)).toBeNull()
  })

  it('is none of two that were left behind together', async () => {
    const { card, see, operatorChanges } = counter()
    await see(both)
    await operatorChanges()
    await see(patricias)
    expect([card.confirms(patriciasRpps), card.codeFor(null)]).toEqual([false, null])
  })

  it.each<CardState>([
    { kind: 'reading', reader },
    { kind: 'reader-busy', reader },
    { kind: 'restarting', reference: '7K2-49R' },
    { kind: 'service-stopped' },
    both,
  ])('is none while nothing is known of the reader (%o)', async (unknown) => {
    const { card, see } = counter()
    await see(patricias, unknown)
    expect(card.confirms(patriciasRpps)).toBe(false)
    await see(patricias)
    expect(card.confirms(patriciasRpps)).toBe(true)
  })

  it('is none without contact, whatever it says', async () => {
    const { card, see } = counter()
    await see(present(cardOf({ contactless: true }), 'contactless'))
    expect(card.confirms(patriciasRpps)).toBe(false)
  })
})
