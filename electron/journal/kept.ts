import { sql } from 'kysely'
import type { SelectQueryBuilder } from 'kysely'
import type { JournalTable, Schema } from '../storage/schema.ts'
import type { Storage } from '../storage/storage.ts'
import type { JournalFilter } from './filter.ts'

export type Db = Storage['db']
/** Row numbers, both included; none when `last` is below `first`. */
export type Span = { readonly first: number; readonly last: number }
/** Between which numbers some rows are, and how many they are; others may be there too. */
export type Extent = Span & { readonly rows: number }
type Period = Pick<JournalFilter, 'from' | 'to'>

/** The first and last row numbers that there are, up to one where it is given. */
export async function ends(db: Db, upTo: number | null): Promise<Span> {
  const end = (direction: 'asc' | 'desc') =>
    db
      .selectFrom('journal')
      .select('seq')
      .$if(upTo !== null, (query) => query.where('seq', '<=', upTo ?? 0))
      .orderBy('seq', direction)
      .limit(1)
      .executeTakeFirst()
  const oldest = await end('asc')
  const newest = await end('desc')
  return { first: oldest?.seq ?? 1, last: newest?.seq ?? 0 }
}

/** Rows of a span that a filter keeps, from its newest or its oldest row on, in that order. */
export async function keptRows(
  db: Db,
  filter: JournalFilter,
  span: Span,
  { from, skipped, limit }: { from: 'newest' | 'oldest'; skipped: number; limit: number },
): Promise<JournalTable[]> {
  const direction = from === 'newest' ? 'desc' : 'asc'
  const [first, ...others] = walksOf(db, filter, span).map((walk) => walk.select('seq'))
  if (first === undefined) return []
  // Engines merge the walks as far as it takes, each being in order of its index.
  const numbers = others
    .reduce((merged, walk) => merged.unionAll(walk), first)
    .orderBy('seq', direction)
    .limit(limit)
    .offset(skipped)
  return db.selectFrom('journal').selectAll().where('seq', 'in', numbers).orderBy('seq', direction).execute()
}

/** How many rows of a span a filter keeps; null when it asks for nothing but a period. */
export async function countKept(db: Db, filter: JournalFilter, span: Span): Promise<number | null> {
  if (criteriaOf(filter).length === 0) return null
  let total = 0
  for (const walk of walksOf(db, filter, span)) total += await count(walk)
  return total
}

/** How many rows there are up to a number: engines count a whole table faster than a part of it. */
export async function countUpTo(db: Db, last: number): Promise<number> {
  const all = await count(db.selectFrom('journal'))
  return all - (await count(db.selectFrom('journal').where('seq', '>', last)))
}

/**
 * Where the rows of a filter's period are; null: it has none, or one so long that its rows are as well looked at one by
 * one. They have no others among them, unless the clock was set meanwhile. What is scanned is the lesser of what is
 * within and of what is without: 40 ms for half a million rows.
 */
export async function periodExtent(db: Db, filter: JournalFilter, all: Span): Promise<Extent | null> {
  const { from, to } = filter
  if (from === null && to === null) return null
  if (from !== null && to !== null && from >= to) return nowhere
  const share = await shareOf(db, filter, all)
  if (share > shortShare && criteriaOf(filter).length > 0) return null
  if (share <= 0.5) return datedWithin(db, { from, to }, all)
  const before = from === null ? nowhere : await datedWithin(db, { from: null, to: from }, all)
  const after = to === null ? nowhere : await datedWithin(db, { from: to, to: null }, all)
  return {
    first: isWhole(before) && before.first === all.first ? before.last + 1 : all.first,
    last: isWhole(after) && after.last === all.last ? after.first - 1 : all.last,
    rows: (await countUpTo(db, all.last)) - before.rows - after.rows,
  }
}

const shortShare = 1 / 8
const nowhere: Extent = { first: 1, last: 0, rows: 0 }

function isWhole({ first, last, rows }: Extent): boolean {
  return rows > 0 && rows === last - first + 1
}

/** Rows after the span are not counted; they may be between the numbers. */
async function datedWithin(db: Db, period: Period, { last }: Span): Promise<Extent> {
  const found = await dated(db.selectFrom('journal'), 'at', period)
    .select(({ fn }) => [
      fn.countAll().as('rows'),
      fn.min<number | null>('seq').as('first'),
      fn.max<number | null>('seq').as('last'),
    ])
    .executeTakeFirstOrThrow()
  const extent = { first: found.first ?? 1, last: found.last ?? 0, rows: Number(found.rows) }
  if (extent.last <= last) return extent
  // They are few, and cost more to tell apart in the scan.
  const later = await count(dated(db.selectFrom('journal').where('seq', '>', last), besides('at'), period))
  return { first: extent.first, last, rows: extent.rows - later }
}

/** How much of the time between the first row and the last a period is: 0 to 1. */
async function shareOf(db: Db, { from, to }: Period, all: Span): Promise<number> {
  const rows = await db.selectFrom('journal').select('at').where('seq', 'in', [all.first, all.last]).execute()
  const times = rows.map(({ at }) => Date.parse(at))
  const start = Math.min(...times)
  const end = Math.max(...times)
  const begins = Math.max(start, from === null ? start : Date.parse(from))
  const ceases = Math.min(end, to === null ? end : Date.parse(to))
  return end > start ? Math.max(0, (ceases - begins) / (end - start)) : 1
}

type Query<Row> = SelectQueryBuilder<Schema, 'journal', Row>
type Criterion = {
  readonly column: 'reference' | 'operator_id' | 'module' | 'kind'
  readonly values: readonly string[]
}

/** What a filter asks besides a period; what keeps fewest rows comes first. */
function criteriaOf({ reference, operator, module, kinds }: JournalFilter): Criterion[] {
  const criteria: Criterion[] = [
    { column: 'reference', values: reference === null ? [] : [reference] },
    { column: 'operator_id', values: operator === null ? [] : [operator] },
    { column: 'module', values: module === null ? [] : [module] },
    { column: 'kind', values: [...new Set(kinds)] },
  ]
  return criteria.filter(({ values }) => values.length > 0)
}

/** The rows of a span that a filter keeps: by the index of its first criterion, one query for each of its values. */
function walksOf(db: Db, filter: JournalFilter, { first, last }: Span): Query<object>[] {
  const [walked, ...others] = criteriaOf(filter)
  const span = db.selectFrom('journal').where('seq', '>=', first).where('seq', '<=', last)
  const kept = others.reduce(
    (query, { column, values }) => query.where(besides(column), 'in', [...values]),
    dated(span, besides('at'), filter),
  )
  return walked === undefined ? [kept] : walked.values.map((value) => kept.where(walked.column, '=', value))
}

function dated<Row>(
  query: Query<Row>,
  at: 'at' | ReturnType<typeof besides>,
  { from, to }: Period,
): Query<Row> {
  const begun = from === null ? query : query.where(at, '>=', from)
  return to === null ? begun : begun.where(at, '<', to)
}

/** A column that is looked at in the rows of another one's index: an engine does not walk by an expression. */
function besides(column: keyof JournalTable) {
  return sql<string>`coalesce(${sql.ref(column)}, '')`
}

async function count(query: Query<object>): Promise<number> {
  const { rows } = await query.select(({ fn }) => fn.countAll().as('rows')).executeTakeFirstOrThrow()
  return Number(rows)
}
