import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { engines, openTestSqlite, type TestDatabase } from '../storage/testing/engines.ts'
import { createJournal, type Journal } from './journal.ts'
import type { OperatorReference } from './kinds.ts'
import { rppsLinksBeforeLastSessionOf } from './links.ts'

const titulaire: OperatorReference = { id: 'id-9', code: '9' }
const patricia: OperatorReference = { id: 'id-1', code: '1' }
const kit: OperatorReference = { id: 'id-2', code: '2' }
const patriciasRpps = '99700261797'
const kitsRpps = '99700427885'

describe.each(engines)('what the titulaire is told on $name', ({ open }) => {
  let database: TestDatabase
  let journal: Journal
  beforeEach(async () => {
    database = await open()
    journal = createJournal({ storage: database.storage, clock: systemClock, workstation: 'w' })
  })
  afterEach(() => database.dispose())

  const link = (operator: OperatorReference, rpps: string) =>
    journal.append({
      kind: 'operator.rpps-linked',
      outcome: 'done',
      operator,
      details: { rpps, authorisedBy: null },
    })
  /** Somebody comes in: `told` is what they are then told of. */
  const comesIn = async (
    operator: OperatorReference,
    kind: 'connected' | 'resumed' | 'renewed' | 'unlocked' = 'connected',
  ) => {
    await journal.append(
      kind === 'unlocked'
        ? { kind: 'session.unlocked', outcome: 'done', operator, details: {} }
        : { kind: `session.${kind}`, outcome: 'done', operator, details: { until: '2026-03-02T12:00:00Z' } },
    )
    return journal.rppsLinksBeforeLastSessionOf(operator)
  }

  it('is every RPPS given since they came in last, oldest first', async () => {
    await comesIn(titulaire)
    await link(patricia, patriciasRpps)
    await link(kit, kitsRpps)
    expect(await comesIn(titulaire)).toEqual([
      { code: '1', rpps: patriciasRpps },
      { code: '2', rpps: kitsRpps },
    ])
  })

  it('is told once', async () => {
    await comesIn(titulaire)
    await link(patricia, patriciasRpps)
    expect(await comesIn(titulaire)).toHaveLength(1)
    expect(await comesIn(titulaire)).toEqual([])
    await link(kit, kitsRpps)
    expect(await comesIn(titulaire)).toEqual([{ code: '2', rpps: kitsRpps }])
  })

  it.each(['connected', 'resumed', 'renewed', 'unlocked'] as const)(
    'is told and over at any return (%s)',
    async (kind) => {
      await comesIn(titulaire)
      await link(patricia, patriciasRpps)
      expect(await comesIn(titulaire, kind)).toHaveLength(1)
      expect(await comesIn(titulaire)).toEqual([])
    },
  )

  it('is not told by others who come in meanwhile', async () => {
    await comesIn(titulaire)
    await link(patricia, patriciasRpps)
    await comesIn(patricia)
    await comesIn(kit)
    expect(await comesIn(titulaire)).toHaveLength(1)
  })

  it('is not the RPPS that they were given themselves', async () => {
    await comesIn(titulaire)
    await link(titulaire, '99700000001')
    expect(await comesIn(titulaire)).toEqual([])
  })

  it('is every RPPS ever given when they had never come in before', async () => {
    await link(patricia, patriciasRpps)
    await comesIn(kit)
    await link(kit, kitsRpps)
    expect(await comesIn(titulaire)).toHaveLength(2)
  })

  it('is nothing where they have not come in, and not what comes after', async () => {
    await link(patricia, patriciasRpps)
    expect(await journal.rppsLinksBeforeLastSessionOf(titulaire)).toEqual([])
    await comesIn(titulaire)
    await link(kit, kitsRpps)
    expect(await journal.rppsLinksBeforeLastSessionOf(titulaire)).toEqual([
      { code: '1', rpps: patriciasRpps },
    ])
  })

  it('is that of the operator, not of a former one with the same code', async () => {
    await comesIn({ id: 'id-8', code: '9' })
    await link(patricia, patriciasRpps)
    await comesIn({ id: 'id-8', code: '9' })
    expect(await comesIn(titulaire)).toHaveLength(1)
  })
})

describe('the queries of what the titulaire is told', () => {
  it('read no row of another operator or kind, on SQLite', async () => {
    const database = await openTestSqlite()
    const queries: { sql: string; parameters: readonly unknown[] }[] = []
    const { db } = database.storage
    const seen = db.withPlugin({
      transformQuery: ({ node }) => {
        const { sql: text, parameters } = db.getExecutor().compileQuery(node, { queryId: 'seen' })
        queries.push({ sql: text, parameters })
        return node
      },
      transformResult: async ({ result }) => result,
    })
    await rppsLinksBeforeLastSessionOf(seen, titulaire)
    // Without what the parameters are: a plan that depends on them is not promised.
    const plans: string[] = []
    for (const query of queries) {
      const texts = query.sql.split('?').map((text) => sql.raw(text))
      const bound = texts.flatMap((text, index) =>
        index < query.parameters.length ? [text, sql`${null}`] : [text],
      )
      const { rows } = await sql<{ detail: string }>`explain query plan ${sql.join(bound, sql``)}`.execute(db)
      plans.push(rows.map(({ detail }) => detail).join('; '))
    }
    expect(plans).toEqual([
      expect.stringMatching(/^SEARCH journal USING INDEX \w*operator\w* \(operator_code=\?/u),
      // One of the two that hold these rows apart: they are few, whichever the planner prefers.
      expect.stringMatching(/^SEARCH journal USING INDEX journal_(?:rpps_linked|kind) /u),
    ])
    await database.dispose()
  })
})
