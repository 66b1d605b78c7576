import { extname, join } from 'node:path'
import { hadDatabase, holdWithOthers } from '../storage/in-use.ts'
import { databaseFile } from '../storage/open.ts'
import type { StorageLooks } from './diagnostic-site.ts'
import { createStorageWorker } from './storage-client.ts'
import type { StorageWorker } from './storage-tasks.ts'

/** Asked of the storage worker, beside the program at work. */
export function looksBy({ run }: Pick<StorageWorker, 'run'>): StorageLooks {
  return {
    database: (database) => run('database.look', { database }),
    backup: (folder) => run('backup.look', { folder }),
    journal: ({ signal, ...asked }) => run('journal.tail', asked, { signal }),
  }
}

/** A thread that is stuck in a dead disk is left there. In milliseconds. */
const endMs = 1000

/**
 * Asked of a storage worker of its own, by a command: a disk that does not answer holds up neither the command nor its
 * other looks. Nothing takes the place of the database meanwhile. Rejects as `use` does.
 */
export async function withLooks<T>(
  place: { url: string; dataDir: string },
  use: (looks: StorageLooks) => Promise<T>,
): Promise<T> {
  const database = databaseFile(place.url, place.dataDir)
  // One that is being replaced is looked at as it then is.
  const hold = hadDatabase(database) ? await holdWithOthers(database).catch(() => null) : null
  const workerFile = join(import.meta.dirname, `storage-worker${extname(import.meta.filename)}`)
  const worker = createStorageWorker({ ...place, workerFile })
  try {
    return await use(looksBy(worker))
  } finally {
    await Promise.race([worker.close(), new Promise((resolve) => setTimeout(resolve, endMs))])
    hold?.release()
  }
}
