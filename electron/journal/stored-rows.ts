import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Storage } from '../storage/storage.ts'
import { hashOfStored } from './chain.ts'
import type { StoredRow } from './chain.ts'
import { canonicalObject, storedColumns } from './rows.ts'

/** About ten milliseconds of work: whoever shares the thread waits no longer. */
const batchSize = 1000

/** The rows from number `from` to `upTo`, in order, by batches with a turn of the event loop after each. */
export async function* storedRows(
  storage: Storage,
  { from, upTo }: { from: number; upTo: number },
): AsyncGenerator<readonly StoredRow[]> {
  let next = from
  for (;;) {
    const rows = await storage.read((db) =>
      db
        .selectFrom('journal')
        .select(storedColumns)
        .where('seq', '>=', next)
        .where('seq', '<=', upTo)
        .orderBy('seq')
        .limit(batchSize)
        .execute(),
    )
    yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < batchSize) return
    next = last.seq + 1
    await nextTurn()
  }
}

/** The row of the smallest number from `from` on. */
export function firstRow(storage: Storage, from: number): Promise<StoredRow | undefined> {
  return storage.read((db) =>
    db
      .selectFrom('journal')
      .select(storedColumns)
      .where('seq', '>=', from)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst(),
  )
}

/** Whether `row`, under the number `seq`, is what was written after a row with the hash `previousHash`. */
export function isBound(row: StoredRow, previousHash: string, seq = row.seq): boolean {
  return canonicalObject(row.details) !== null && hashOfStored(previousHash, { ...row, seq }) === row.hash
}
