import * as z from 'zod'
import type { Storage } from '../storage/storage.ts'
import type { StorageFault } from '../storage/storage-error.ts'
import type { JournalKind, OperatorReference } from './kinds.ts'
import { absenceOf } from './links.ts'

/** What a titulaire who comes in is told of the database. */
export type DatabaseNews = {
  /** When a backup took its place, between the last two times they came in: UTC ISO 8601. */
  readonly restoredAt: string | null
  /** Why the last daily backup could not be made; null: it was. */
  readonly backupFault: StorageFault | null
}

const failure = z.object({ fault: z.custom<StorageFault>() })

/** Each query has its index. Rejects with `StorageError`. */
export async function databaseNewsFor(storage: Storage, operator: OperatorReference): Promise<DatabaseNews> {
  return storage.read(async (db) => {
    const { after, before } = await absenceOf(db, operator)
    const restored = await newest(db, 'database.restored')
    const made = await newest(db, 'database.backed-up')
    const failed = await newest(db, 'database.backup-failed')
    const failedLast = failed !== undefined && failed.seq > (made?.seq ?? 0)
    return {
      restoredAt:
        restored !== undefined && restored.seq > after && restored.seq < before ? restored.at : null,
      backupFault: failedLast ? failure.parse(JSON.parse(failed.details)).fault : null,
    }
  })
}

async function newest(db: Storage['db'], kind: JournalKind) {
  return db
    .selectFrom('journal')
    .select(['seq', 'at', 'details'])
    .where('kind', '=', kind)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}
