import type { Kysely, Transaction as KyselyTransaction } from 'kysely'
import type { Clock } from '../clock.ts'
import { patiently } from './patiently.ts'
import type { Schema } from './schema.ts'
import { StorageError } from './storage-error.ts'

/** A write transaction under way: what must be committed together is given the same one. */
export type Transaction = KyselyTransaction<Schema>

/** An open database. Every method rejects with `StorageError` only, or with what `work` itself threw. */
export type Storage = {
  /** For statements inside `read` and `write`; outside them a busy database is not waited for. */
  readonly db: Kysely<Schema>
  /** Reads, waiting up to 5 s while the database is busy. `work` may run several times. */
  readonly read: <T>(work: (db: Kysely<Schema>) => Promise<T>) => Promise<T>
  /**
   * Runs `work` in a transaction that holds the write lock from its beginning: what it reads cannot change before
   * it commits. Waits up to 5 s for the lock; `work` runs once. Resolves when the transaction is on the disk; a
   * rejection leaves nothing written. Inside `work` only `trx` may be used: `db` would wait for ever.
   */
  readonly write: <T>(work: (trx: Transaction) => Promise<T>) => Promise<T>
  /** Calls `run` once `trx` is on the disk; never, when it is not. */
  readonly afterCommit: (trx: Transaction, run: () => void) => void
  /** Closes once the transaction under way is over. What is asked afterwards is refused as `unavailable`. */
  readonly close: () => Promise<void>
}

/** `begun` runs first in each write transaction: what the engine does not do by itself. */
export function createStorage({
  db,
  clock,
  begun,
}: {
  db: Kysely<Schema>
  clock: Clock
  begun: (trx: Transaction) => Promise<void>
}): Storage {
  let closed: Promise<void> | null = null
  const toRun = new WeakMap<Transaction, (() => void)[]>()

  const openOnly = async <T>(attempt: () => Promise<T>): Promise<T> => {
    if (closed !== null) throw new StorageError('unavailable', new Error('the database is closed'))
    return attempt()
  }

  return {
    db,
    read: (work) => patiently(clock, () => openOnly(() => work(db))),
    write: (work) =>
      patiently(clock, () =>
        openOnly(async () => {
          const after: (() => void)[] = []
          const result = await db.transaction().execute(async (trx) => {
            toRun.set(trx, after)
            await begun(trx)
            return work(trx)
          })
          for (const run of after) run()
          return result
        }),
      ),
    afterCommit: (trx, run) => toRun.get(trx)?.push(run),
    close: () =>
      (closed ??= db
        .connection()
        .execute(async () => {})
        .then(() => db.destroy())),
  }
}
