import type { Storage } from '../storage/storage.ts'
import type { ChainedRow } from './chain.ts'
import type { JournalFilter } from './filter.ts'
import { countKept, countUpTo, ends, keptRows, periodExtent } from './kept.ts'
import type { Db, Extent, Span } from './kept.ts'
import { fromTable } from './rows.ts'

/**
 * The rows that a filter keeps, in windows, the last written first: also those that a clock set wrong dates from
 * another day. Every method rejects with `StorageError`.
 */
export type JournalPages = {
  /** At most `limit` rows after the first `offset` ones; of the rows up to number `upTo`, or of all (null). */
  readonly page: (request: Asked & { offset: number; limit: number }) => Promise<ChainedRow[]>
  /** How many there are. `upTo`: the last row there is, or the one asked for. */
  readonly count: (request: Asked) => Promise<{ total: number; upTo: number }>
}

type Asked = { filter: JournalFilter; upTo: number | null }

/** Totals and periods that are remembered: what is shown asks for the same at every page. */
const remembered = 50

/** `nearby`: so many rows are skipped one by one; further, it is worth knowing how many there are. */
export function createJournalPages(storage: Storage, { nearby = 2000 } = {}): JournalPages {
  const periods = createMemory<Extent | null>()
  const totals = createMemory<number>()

  const periodOf = (db: Db, filter: JournalFilter, all: Span): Promise<Extent | null> =>
    periods([filter, all], () => periodExtent(db, filter, all))

  const totalOf = (db: Db, filter: JournalFilter, all: Span, period: Extent | null): Promise<number> =>
    totals([filter, all], async () => {
      const kept = await countKept(db, filter, period ?? all)
      return kept ?? period?.rows ?? countUpTo(db, all.last)
    })

  return {
    page: ({ filter, upTo, offset, limit }) =>
      storage.read(async (db) => {
        const all = await ends(db, upTo)
        const period = await periodOf(db, filter, all)
        const span = period ?? all
        const newestFirst = async (within: Span, skipped: number): Promise<ChainedRow[]> =>
          (await keptRows(db, filter, within, { from: 'newest', skipped, limit })).map(fromTable)

        if (offset <= nearby) return newestFirst(span, offset)
        const total = await totalOf(db, filter, all, period)
        // When no row of the span is left out, the place of each is known.
        if (total === span.last - span.first + 1) return newestFirst({ ...span, last: span.last - offset }, 0)
        if (offset <= total / 2) return newestFirst(span, offset)
        const end = Math.min(offset + limit, total)
        const page = { from: 'oldest', skipped: total - end, limit: Math.max(0, end - offset) } as const
        return (await keptRows(db, filter, span, page)).map(fromTable).toReversed()
      }),
    count: ({ filter, upTo }) =>
      storage.read(async (db) => {
        const all = await ends(db, upTo)
        const total = await totalOf(db, filter, all, await periodOf(db, filter, all))
        return { total, upTo: upTo ?? all.last }
      }),
  }
}

/** Remembers the last answers by what they depend on. */
function createMemory<T>(): (about: readonly unknown[], ask: () => Promise<T>) => Promise<T> {
  const known = new Map<string, T>()
  return async (about, ask) => {
    const key = JSON.stringify(about)
    const found = known.get(key)
    if (found !== undefined) return found
    const answer = await ask()
    known.set(key, answer)
    if (known.size > remembered) known.delete(known.keys().next().value ?? '')
    return answer
  }
}

/** The number of the last row; 0 when there is none. One statement of constant cost. */
export async function lastSeq(storage: Storage): Promise<number> {
  return (await storage.read((db) => ends(db, null))).last
}
