import type { Storage } from '../../storage/storage.ts'
import { beginning, hashOf } from '../chain.ts'
import type { ChainedRow, UnchainedRow } from '../chain.ts'
import { toTable } from '../rows.ts'

/** Appends rows in one transaction, chained as the journal would have. */
export function appendRows(storage: Storage, rows: readonly UnchainedRow[]): Promise<ChainedRow[]> {
  return storage.write(async (trx) => {
    const head = await trx
      .selectFrom('journal')
      .select(['seq', 'hash'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    let { seq, hash } = head ?? beginning
    const appended: ChainedRow[] = []
    for (const unchained of rows) {
      seq += 1
      hash = hashOf(hash, { ...unchained, seq })
      appended.push({ ...unchained, seq, hash })
    }
    for (const row of appended) await trx.insertInto('journal').values(toTable(row)).execute()
    return appended
  })
}
