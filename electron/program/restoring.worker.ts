import { parentPort, workerData } from 'node:worker_threads'
import type { Place } from '../journal/chain.ts'
import type { Restored } from '../storage/restore.ts'
import { toStorageError, type StorageFault } from '../storage/storage-error.ts'
import { findOffer, isSound, restoreBackup, type Offer } from './backups.ts'

/** What « Sauvegarde proposée » has done in a thread of its own, which ends with its answer. */
export type RestoreTasks = {
  /** `sound`: a `doubtful` database was only thought to be damaged. */
  search: {
    args: { database: string; folder: string; doubtful: boolean }
    value: { sound: boolean; offer: Offer | null }
  }
  restore: { args: { database: string; backup: string; keptHead: Place | null }; value: Restored }
}
export type RestoreTask = keyof RestoreTasks
export type RestoreRequest = { [T in RestoreTask]: { task: T; args: RestoreTasks[T]['args'] } }[RestoreTask]
export type RestoreAnswer<V> =
  | { readonly kind: 'done'; readonly value: V }
  | { readonly kind: 'failed'; readonly fault: StorageFault; readonly message: string }

const request: RestoreRequest = workerData

void perform(request).then(
  (value) => tell({ kind: 'done', value }),
  (error: unknown) => {
    const { kind, message } = toStorageError(error)
    tell({ kind: 'failed', fault: kind, message })
  },
)

async function perform({ task, args }: RestoreRequest): Promise<unknown> {
  if (task === 'search') {
    if (args.doubtful && (await isSound(args.database))) return { sound: true, offer: null }
    return { sound: false, offer: await findOffer(args.database, args.folder) }
  }
  return restoreBackup({ ...args, present: 'abimee', by: { by: 'start' } })
}

function tell(answer: RestoreAnswer<unknown>): void {
  parentPort?.postMessage(answer, [])
}
