import type { Storage, Transaction } from '../storage/storage.ts'
import { beginning, hashOf } from './chain.ts'
import type { Place, UnchainedRow } from './chain.ts'
import { toTable } from './rows.ts'

/**
 * Adds a row at the chain's end, and resolves to its place. The head is read under the write lock, so that two
 * programs sharing the file make one chain.
 */
export async function appendRow(trx: Transaction, unchained: UnchainedRow): Promise<Place> {
  const head = (await lastRow(trx)) ?? beginning
  const row = { ...unchained, seq: head.seq + 1 }
  const hash = hashOf(head.hash, row)
  await trx
    .insertInto('journal')
    .values(toTable({ ...row, hash }))
    .execute()
  return { seq: row.seq, hash }
}

/** Where the journal ends; undefined: it is empty. */
export async function lastRow(db: Storage['db']): Promise<Place | undefined> {
  return db.selectFrom('journal').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
}
