import * as fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OperatorTable } from '../storage/schema.ts'
import { engines, settableClock } from '../storage/testing/engines.ts'
import type { TestDatabase } from '../storage/testing/engines.ts'
import type { ChainedRow, JournalRow } from './chain.ts'
import { createJournal } from './journal.ts'
import type { Journal } from './journal.ts'
import { cutJournal, isClockBelieved } from './retention.ts'
import { chained, disarm, fill } from './testing/chains.ts'
import { verifyJournal } from './verify.ts'

const now = '2026-11-22T09:00:00.000Z'
const clock = settableClock(now)
const day = (index: number): string => new Date(Date.UTC(2026, 0, 1) + index * 86_400_000).toISOString()
const row = (index: number, more: Partial<JournalRow> = {}): Omit<JournalRow, 'seq'> => ({
  at: day(index),
  workstation: 'w',
  operatorId: null,
  operatorCode: null,
  kind: 'program.started',
  outcome: 'done',
  means: null,
  module: null,
  reference: null,
  details: { version: String(index) },
  ...more,
})
const rows = (count: number): ChainedRow[] => chained(Array.from({ length: count }, (_, index) => row(index)))
const named = (code: string) => ({ operatorId: `id-of-${code}`, operatorCode: code })
const somebody = (code: string) => ({ id: `id-of-${code}`, code })
const operator = (code: string, departed: boolean): OperatorTable => ({
  id: `id-of-${code}`,
  code,
  first_name: 'PATRICIA',
  last_name: `NOM-${code}`,
  role: 'adjoint',
  rpps: null,
  password_hash: 'none',
  suspended: departed ? 1 : 0,
  first_day: null,
  last_day: null,
  created_at: day(0),
  manages_operators: 0,
  reads_journal: 0,
  provisional: 0,
  departed_at: departed ? day(1) : null,
  told_at: null,
  card_until: null,
  search_text: '',
  changed_at: day(0),
})

describe.each(engines)('retention on $name', ({ name, open }) => {
  let database: TestDatabase
  let journal: Journal
  const cut = (before: string) =>
    cutJournal({ storage: database.storage, clock, workstation: 'w' }, { before, months: 12, reason: null })
  const left = async () => (await journal.rows()).map(({ seq, kind }) => [seq, kind])
  const checkpoints = () =>
    database.storage.db.selectFrom('journal_checkpoint').selectAll().orderBy('seq').execute()
  const verify = async () => {
    const last = (await journal.rows()).at(-1)
    return verifyJournal(database.storage, {
      head: { kind: 'kept', seq: last?.seq ?? 0, hash: last?.hash ?? '' },
    })
  }
  beforeAll(async () => {
    database = await open()
    await disarm(database.storage, name)
    journal = createJournal({ storage: database.storage, clock, workstation: 'w' })
  })
  beforeEach(async () => {
    await fill(database.storage, [])
    await database.storage.db.deleteFrom('operator').execute()
  })
  afterAll(() => database.dispose())

  it('takes a row dated after now for a mistake of the clock, which keeps nothing back', async () => {
    const dated = [0, 1, 3650, 2, 3, 300].map((index) => row(index))
    await fill(database.storage, chained(dated))
    expect(await cut(day(3))).toBe(4)
    expect(await cut(day(10))).toBe(1)
    expect((await left()).map(([seq]) => seq)).toEqual([6, 7, 8])
    expect(await cut(day(10))).toBe(0)
    expect(await verify()).toMatchObject({ kind: 'sound' })
  })

  it('believes a clock that a week of backups has seen, not one set ahead since', async () => {
    const backups = Array.from({ length: 7 }, (_, index) => row(index, { kind: 'database.backed-up' }))
    await fill(database.storage, chained(backups.slice(1)))
    expect(await isClockBelieved(database.storage, new Date(day(8)))).toBe(false)
    await fill(database.storage, chained(backups))
    expect(await isClockBelieved(database.storage, new Date(day(8)))).toBe(true)
    expect(await isClockBelieved(database.storage, new Date(day(3650)))).toBe(false)
  })

  it('lets go of the rows before an instant, says so in the chain and leaves a checkpoint', async () => {
    const written = rows(10)
    await fill(database.storage, written)
    expect(await cut(day(4))).toBe(4)

    const hash = written[3]?.hash ?? ''
    const all = await journal.rows()
    expect(all.map(({ seq }) => seq)).toEqual([5, 6, 7, 8, 9, 10, 11])
    expect(all.slice(0, 6)).toEqual(written.slice(4))
    expect(all.at(-1)).toMatchObject({
      at: now,
      workstation: 'w',
      operatorId: null,
      kind: 'journal.cut',
      outcome: 'done',
      details: { upTo: 4, hash, before: day(4), months: 12, reason: null },
    })
    expect(await checkpoints()).toEqual([{ seq: 4, hash, at: now }])
    expect(await verify()).toMatchObject({ kind: 'sound', rows: 7, first: { seq: 5 }, last: { seq: 11 } })
    expect(await journal.headIsSound()).toBe(true)
  })

  it('writes nothing when nothing is old enough', async () => {
    await fill(database.storage, rows(3))
    expect(await cut(day(0))).toBe(0)
    expect(await left()).toHaveLength(3)
    expect(await checkpoints()).toEqual([])
    await fill(database.storage, [])
    expect(await cut(day(9))).toBe(0)
    expect(await left()).toEqual([])
  })

  it('leaves the row that tells of it, when all others go, whatever the time asked for', async () => {
    await fill(database.storage, rows(3))
    expect(await cut(day(10_000))).toBe(3)
    expect(await left()).toEqual([[4, 'journal.cut']])
    expect(await journal.headIsSound()).toBe(true)
    expect(await verify()).toMatchObject({ kind: 'sound', rows: 1, first: { seq: 4 } })
    await journal.append({ kind: 'program.stopped', outcome: 'done', details: {} })
    expect(await cut(day(300))).toBe(0)
    expect(await verify()).toMatchObject({ kind: 'sound', rows: 2 })
  })

  it('makes an old row wait that stands behind a newer one', async () => {
    await fill(database.storage, chained([row(1), row(50), row(2), row(51)]))
    expect(await cut(day(10))).toBe(1)
    expect(await left()).toEqual([
      [2, 'program.started'],
      [3, 'program.started'],
      [4, 'program.started'],
      [5, 'journal.cut'],
    ])
    expect(await cut(day(50))).toBe(0)
    expect(await cut(day(51))).toBe(2)
    expect(await verify()).toMatchObject({ kind: 'sound', first: { seq: 4 } })
  })

  it('takes several transactions over many rows, each with its row and its checkpoint', async () => {
    const minutes = Array.from({ length: 12_000 }, (_, index) =>
      row(0, { at: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString() }),
    )
    await fill(database.storage, chained(minutes))
    const cutting = cut(minutes[11_000]?.at ?? '')
    await journal.append({ kind: 'program.stopped', outcome: 'done', details: {} })
    expect(await cutting).toBe(11_000)
    expect((await checkpoints()).map(({ seq }) => seq)).toEqual([5000, 10_000, 11_000])
    const added = (await left()).slice(1000).map(([, kind]) => kind)
    expect(added.filter((kind) => kind === 'journal.cut')).toHaveLength(3)
    expect(added).toHaveLength(4)
    expect(await verify()).toMatchObject({ kind: 'sound', rows: 1004 })
  })

  it('two programs that cut at once let go of each row once', async () => {
    await fill(database.storage, rows(20))
    const gone = await Promise.all([cut(day(10)), cut(day(10)), cut(day(15))])
    expect(gone.reduce((sum, each) => sum + each, 0)).toBe(15)
    expect(await verify()).toMatchObject({ kind: 'sound', first: { seq: 16 } })
  })

  it('whatever the times of the rows, keeps all from the first that is recent enough, verifiable', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 20 }),
        fc.array(fc.integer({ min: 0, max: 31 }), { minLength: 1, maxLength: 4 }),
        async (days, cuts) => {
          await fill(database.storage, chained(days.map((each) => row(each))))
          for (const before of cuts) {
            const was = await journal.rows()
            const kept = was.findIndex(({ at }) => at >= day(before))
            const gone = kept === -1 ? was.length : kept
            expect(await cut(day(before))).toBe(gone)
            const is = await journal.rows()
            expect(is.slice(0, was.length - gone)).toEqual(was.slice(gone))
            expect(is.length).toBe(was.length - gone + (gone === 0 ? 0 : 1))
            expect(await verify()).toMatchObject({ kind: 'sound', rows: is.length })
          }
        },
      ),
      { numRuns: name === 'SQLite' ? 40 : 15 },
    ))

  it('takes the operators who departed with the last row that names them, and nobody else', async () => {
    const { db } = database.storage
    await db
      .insertInto('operator')
      .values([operator('1', true), operator('2', true), operator('3', true), operator('4', true)])
      .execute()
    await db
      .insertInto('operator')
      .values([operator('5', false), operator('6', true)])
      .execute()
    await fill(
      database.storage,
      chained([
        row(0, named('1')),
        row(0, named('5')),
        row(0, { kind: 'journal.filtered', details: { target: somebody('3') } }),
        row(0, { kind: 'secret.set', details: { authorisedBy: somebody('6'), name: 'n', osAccount: 'o' } }),
        row(10, named('2')),
        row(20, { kind: 'operator.suspended', details: { by: 'operator', target: somebody('3') } }),
        row(30, {
          kind: 'operators.exported',
          details: { authorisedBy: somebody('4'), by: 'command', operators: 6, osAccount: 'o' },
        }),
        row(40),
      ]),
    )
    const codes = async () =>
      (await db.selectFrom('operator').select('code').orderBy('code').execute()).map(({ code }) => code)
    await cut(day(5))
    expect(await codes()).toEqual(['2', '3', '4', '5'])
    await cut(day(15))
    expect(await codes()).toEqual(['3', '4', '5'])
    await cut(day(25))
    expect(await codes()).toEqual(['4', '5'])
    await cut(day(35))
    expect(await codes()).toEqual(['5'])
  })
})

describe.each(engines)('the triggers on $name', ({ open }) => {
  it('let nothing go but under a checkpoint, which is a row of the journal and stays', async () => {
    const database = await open()
    const { storage } = database
    const journal = createJournal({ storage, clock: settableClock('2026-01-01T00:00:00Z'), workstation: 'w' })
    for (const version of ['1', '2', '3', '4']) {
      await journal.append({ kind: 'program.started', outcome: 'done', details: { version } })
    }
    expect(
      await cutJournal({ storage, clock, workstation: 'w' }, { before: day(2), months: 1, reason: null }),
    ).toBe(4)
    const before = await journal.rows()
    expect(before.map(({ seq }) => seq)).toEqual([5])
    for (const statement of [
      'delete from journal where seq = 5',
      'delete from journal',
      'update journal_checkpoint set seq = 5',
      'delete from journal_checkpoint',
    ]) {
      await expect(sql.raw(statement).execute(storage.db)).rejects.toMatchObject({ name: 'StorageError' })
    }
    expect(await journal.rows()).toEqual(before)
    await database.dispose()
  })
})
