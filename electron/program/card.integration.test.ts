import { describe, expect, it } from 'vitest'
import type { CardState } from '../../native/card/states.ts'
import {
  cardOfRpps,
  kitsDigits,
  patriciasDigits,
  present,
  reader,
  snapshotOf,
} from '../../native/card/testing/snapshots.ts'
import { systemClock as clock } from '../clock.ts'
import { identified } from '../identification/testing/counter.ts'
import { createJournal } from '../journal/journal.ts'
import { createOperatorRepository } from '../operators/repository.ts'
import { createOperatorSession } from '../session/operator-session.ts'
import { settingsSchema } from '../settings/schema.ts'
import { openTestSqlite } from '../storage/testing/engines.ts'
import { createCard } from './card.ts'

/** What is remembered of Patricia's card once Pro Santé Connect has identified her, this card being in the reader. */
async function rememberedAfter(state: CardState, authMode: string): Promise<string | null> {
  const database = await openTestSqlite()
  const { storage } = database
  const operators = createOperatorRepository({ storage, clock })
  const journal = createJournal({ storage, clock, workstation: 'w' })
  const rpps = { kind: 'rpps', digits: patriciasDigits } as const
  const names = { code: '1', firstName: 'Patricia', lastName: 'ADJOINTPHARM', role: 'adjoint' } as const
  const presence = { suspended: false, firstDay: null, lastDay: null, rights: [] }
  const insertion = await storage.write((trx) =>
    operators.insert(trx, { ...names, ...presence, rpps, passwordHash: '$argon2id$…' }),
  )
  if (insertion.kind !== 'inserted') throw new Error(insertion.kind)
  let remembered = Promise.resolve()
  const card = createCard({
    settings: settingsSchema.parse({}),
    clock,
    records: {
      operators: {
        ...operators,
        setCardUntil: (id, day) => {
          remembered = operators.setCardUntil(id, day)
          return remembered
        },
      },
      journal,
    },
    session: createOperatorSession({ clock, journal, maxHours: () => 4 }),
    makeSupervisor: () => ({
      start: () => undefined,
      snapshot: () => snapshotOf(state),
      refresh: () => undefined,
      loggedIn: () => undefined,
      test: () => Promise.reject(new Error('not asked')),
      stop: () => Promise.resolve(),
    }),
    attempts: () => ({ cardInserted: () => undefined }),
    notice: () => null,
    notify: () => undefined,
    changed: () => undefined,
    asked: () => undefined,
  })
  card.atCounter.seen(snapshotOf(state))
  const { identity, trace } = identified({ identity: { authMode } })
  const authentication = { identity, trace, age: 0, returnedAt: 0, idToken: '', refreshToken: null }
  card.identified(insertion.operator, authentication)
  await remembered
  const member = await operators.memberById(insertion.operator.id)
  expect(await journal.rows()).toEqual([])
  await database.dispose()
  return member?.cardUntil ?? null
}

describe('the end of the card with which somebody has identified themselves', () => {
  it('is remembered, and the journal hears nothing of it', async () => {
    // The 1st of June at midnight, UTC: in France.
    expect(await rememberedAfter(present(cardOfRpps(patriciasDigits)), 'CARD')).toBe('2027-06-01')
  })

  it('is not that of somebody else’s card, of a phone, or of a card that is not there', async () => {
    const empty: CardState = { kind: 'empty-reader', reader }
    expect([
      await rememberedAfter(present(cardOfRpps(kitsDigits)), 'CARD'),
      await rememberedAfter(present(cardOfRpps(null)), 'CARD'),
      await rememberedAfter(present(cardOfRpps(patriciasDigits)), 'MOBILE'),
      await rememberedAfter(empty, 'CARD'),
    ]).toEqual([null, null, null, null])
  })
})
