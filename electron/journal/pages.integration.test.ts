import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type TestDatabase } from '../storage/testing/engines.ts'
import type { ChainedRow } from './chain.ts'
import { everyRow, type JournalFilter } from './filter.ts'
import type { JournalKind } from './kinds.ts'
import { createJournalPages, lastSeq } from './pages.ts'
import { toTable } from './rows.ts'

const kinds = ['module.opened', 'module.left', 'session.locked', 'journal.read'] as const
const operators = ['o1', 'o2', 'o3']
const modules = ['lgo', 'dmp']
const references = ['7K2-49R', 'ACD-EFG']
const day = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * 86_400_000).toISOString()

const drawnRow = fc.record({
  at: fc.integer({ min: 0, max: 9 }).map(day),
  operatorId: fc.option(fc.constantFrom(...operators)),
  kind: fc.constantFrom(...kinds),
  module: fc.option(fc.constantFrom(...modules)),
  reference: fc.option(fc.constantFrom(...references), { freq: 2 }),
})
/** Mostly in the order of time, as a journal is; or as a clock that is set at random has it. */
const drawnRows = fc
  .tuple(fc.boolean(), fc.array(drawnRow, { maxLength: 40 }))
  .map(([inOrder, rows]) => (inOrder ? rows.toSorted((a, b) => a.at.localeCompare(b.at)) : rows))
const drawnFilter: fc.Arbitrary<JournalFilter> = fc.record({
  from: fc.option(fc.integer({ min: 0, max: 10 }).map(day)),
  to: fc.option(fc.integer({ min: 0, max: 10 }).map(day)),
  operator: fc.option(fc.constantFrom(...operators)),
  kinds: fc.array(fc.constantFrom<JournalKind>(...kinds, 'session.ended'), { maxLength: 3 }),
  module: fc.option(fc.constantFrom(...modules)),
  reference: fc.option(fc.constantFrom(...references), { freq: 2 }),
})

describe.each(engines)('pages of the journal on $name', ({ open }) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.dispose())

  /** Puts rows after those of the last run, whose numbers retention has taken. */
  const fill = async (rows: readonly Omit<ChainedRow, 'seq'>[]): Promise<ChainedRow[]> => {
    const { storage } = database
    const last = await lastSeq(storage)
    const numbered = rows.map((row, index) => ({ ...row, seq: last + 1 + index }))
    await storage.write(async (trx) => {
      if (last > 0) {
        const before = { seq: last, hash: 'h', at: day(0) }
        const known = await trx
          .selectFrom('journal_checkpoint')
          .where('seq', '=', last)
          .select('seq')
          .execute()
        if (known.length === 0) await trx.insertInto('journal_checkpoint').values(before).execute()
        await trx.deleteFrom('journal').where('seq', '<', last).execute()
      }
      for (const row of numbered) await trx.insertInto('journal').values(toTable(row)).execute()
    })
    return numbered
  }

  it.each([0, 3, 2000])(
    'are what a naive reading finds, the newest first, %d rows being nearby',
    async (nearby) => {
      await fc.assert(
        fc.asyncProperty(
          drawnRows,
          drawnFilter,
          fc.nat({ max: 45 }),
          fc.integer({ min: 1, max: 12 }),
          fc.option(fc.nat({ max: 45 })),
          async (drawn, filter, offset, limit, later) => {
            await fill(drawn.map(complete))
            const { storage } = database
            const all = await storage.read((db) =>
              db.selectFrom('journal').select('seq').orderBy('seq').execute(),
            )
            const upTo = later === null ? null : (all.at(-1)?.seq ?? 0) - later
            const { page, count } = createJournalPages(storage, { nearby })
            const expected = await naive(storage, filter, upTo)
            const rows = await page({ filter, upTo, offset, limit })
            expect(rows.map(({ seq }) => seq)).toEqual(expected.slice(offset, offset + limit))
            expect(await count({ filter, upTo })).toEqual({
              total: expected.length,
              upTo: upTo ?? (await lastSeq(storage)),
            })
          },
        ),
        { numRuns: 150 },
      )
    },
  )

  it('do not move while rows are added', async () => {
    await fill(Array.from({ length: 10 }, () => complete({})))
    const { page, count } = createJournalPages(database.storage)
    const { total, upTo } = await count({ filter: everyRow, upTo: null })
    const before = await page({ filter: everyRow, upTo, offset: 2, limit: 5 })
    await database.storage.write((trx) =>
      trx
        .insertInto('journal')
        .values(toTable({ ...complete({}), seq: upTo + 1 }))
        .execute(),
    )
    expect(await page({ filter: everyRow, upTo, offset: 2, limit: 5 })).toEqual(before)
    expect(await count({ filter: everyRow, upTo })).toEqual({ total, upTo })
    expect(await count({ filter: everyRow, upTo: null })).toEqual({ total: total + 1, upTo: upTo + 1 })
  })
})

function complete(drawn: Partial<ChainedRow>): Omit<ChainedRow, 'seq'> {
  return {
    at: day(0),
    workstation: 'w',
    operatorId: null,
    operatorCode: null,
    kind: 'module.opened',
    outcome: 'done',
    means: null,
    module: null,
    reference: null,
    details: {},
    hash: 'h',
    ...drawn,
  }
}

async function naive(
  storage: TestDatabase['storage'],
  filter: JournalFilter,
  upTo: number | null,
): Promise<number[]> {
  const rows = await storage.read((db) => db.selectFrom('journal').selectAll().execute())
  return rows
    .filter(
      (row) =>
        (upTo === null || row.seq <= upTo) &&
        (filter.from === null || row.at >= filter.from) &&
        (filter.to === null || row.at < filter.to) &&
        (filter.operator === null || row.operator_id === filter.operator) &&
        (filter.kinds.length === 0 || filter.kinds.some((kind) => kind === row.kind)) &&
        (filter.module === null || row.module === filter.module) &&
        (filter.reference === null || row.reference === filter.reference),
    )
    .map(({ seq }) => seq)
    .sort((a, b) => b - a)
}
