import type { Clock } from '../clock.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { appendRow } from './append.ts'
import { beginning, hashOf } from './chain.ts'
import type { ChainedRow, Place, UnchainedRow } from './chain.ts'
import { lastCheckpoint } from './checkpoint.ts'
import { createEventualWriter } from './eventual-writer.ts'
import { rppsLinksBeforeLastSessionOf } from './links.ts'
import type { JournalEntry, JournalEvent, OperatorReference } from './kinds.ts'
import { fromTable, rowOf } from './rows.ts'

/** Who did what, in rows that are only ever added, each bound to the one before by its hash. */
export type Journal = {
  /** Resolves when the row is on the disk; rejects with `StorageError`, and then nothing is written. */
  readonly append: (event: JournalEvent) => Promise<void>
  /** The same within a write transaction: the row exists exactly if what it records does. */
  readonly appendIn: (trx: Transaction, event: JournalEvent) => Promise<void>
  /**
   * For what takes effect whatever the database says (lock, disconnection): the row bears the present time, is kept
   * in memory and written when the database answers, before any later row. Never throws.
   */
  readonly appendEventually: (event: JournalEvent) => void
  /**
   * Waits for the rows of `appendEventually`, at most `deadlineMs` milliseconds.
   * Resolves to how many are still unwritten; never rejects.
   */
  readonly flush: (deadlineMs: number) => Promise<number>
  /** The rows that `appendEventually` could not write yet, in order, as `appendKept` takes them. */
  readonly unwritten: () => readonly UnchainedRow[]
  /** Appends rows that an earlier run could not write, with the times they bear. */
  readonly appendKept: (rows: readonly UnchainedRow[]) => Promise<void>
  /**
   * The RPPS given to other operators between the last two times this one came in, oldest first; since ever, when they
   * had never come in before.
   */
  readonly rppsLinksBeforeLastSessionOf: (
    operator: OperatorReference,
  ) => Promise<{ code: string; rpps: string }[]>
  /** Whether the last row is what was written after the one before: a check of constant cost, for the start. */
  readonly headIsSound: () => Promise<boolean>
  /** All rows in order. For tests and the tour: it reads the whole journal at once. */
  readonly rows: () => Promise<ChainedRow[]>
}

export function createJournal({
  storage,
  clock,
  workstation,
  written = () => undefined,
}: {
  storage: Storage
  clock: Clock
  workstation: string
  /** Hears of each row once it is on the disk. */
  written?: (place: Place) => void
}): Journal {
  const entryOf = (event: JournalEvent): JournalEntry => ({
    operator: null,
    means: null,
    module: null,
    reference: null,
    ...event,
    at: clock.now().toISOString(),
    workstation,
  })

  const insert = async (trx: Transaction, row: UnchainedRow): Promise<void> => {
    const place = await appendRow(trx, row)
    storage.afterCommit(trx, () => written(place))
  }

  const eventual = createEventualWriter<UnchainedRow>(() => storage.write((trx) => insertWaiting(trx)))

  /** How many of the waiting rows a transaction has taken along. */
  const taken = new WeakMap<Transaction, number>()
  /** Whatever writes next takes what waits along, so that rows stand in the order of what happened. */
  const insertWaiting = async (trx: Transaction): Promise<void> => {
    const already = taken.get(trx) ?? 0
    const waiting = eventual.waiting().slice(already)
    for (const row of waiting) await insert(trx, row)
    taken.set(trx, already + waiting.length)
    storage.afterCommit(trx, () => eventual.written(waiting.length))
  }
  const insertInOrder = async (trx: Transaction, event: JournalEvent): Promise<void> => {
    const row = rowOf(entryOf(event))
    await insertWaiting(trx)
    await insert(trx, row)
  }

  return {
    append: (event) => storage.write((trx) => insertInOrder(trx, event)),
    appendIn: insertInOrder,
    appendEventually: (event) => eventual.add(rowOf(entryOf(event))),
    flush: (deadlineMs) => eventual.flush(deadlineMs),
    unwritten: () => eventual.waiting(),
    appendKept: (rows) =>
      storage.write(async (trx) => {
        for (const row of rows) await insert(trx, row)
      }),
    rppsLinksBeforeLastSessionOf: (operator) =>
      storage.read((db) => rppsLinksBeforeLastSessionOf(db, operator)),
    headIsSound: async () => {
      const [last, previous] = await storage.read((db) =>
        db.selectFrom('journal').selectAll().orderBy('seq', 'desc').limit(2).execute(),
      )
      const checkpoint = await storage.read(lastCheckpoint)
      // What retention leaves is never empty.
      if (last === undefined) return checkpoint === undefined
      return hashOf((previous ?? checkpoint ?? beginning).hash, fromTable(last)) === last.hash
    },
    rows: async () => {
      const rows = await storage.read((db) => db.selectFrom('journal').selectAll().orderBy('seq').execute())
      return rows.map(fromTable)
    },
  }
}
