import type { Clock } from '../clock.ts'
import { createPushLimit, type PushLimit } from '../identification/push-limit.ts'
import { createThrottleRepository, type ThrottleRepository } from '../identification/throttle-repository.ts'
import { appendKeptRows } from '../journal/kept-rows.ts'
import { createJournal, type Journal } from '../journal/journal.ts'
import { createOperatorRepository, type OperatorRepository } from '../operators/repository.ts'
import { openStorage } from '../storage/open.ts'
import { StorageError } from '../storage/storage-error.ts'
import type { Storage } from '../storage/storage.ts'
import { readWorkstation } from '../storage/workstation.ts'

/** What this workstation remembers: the database and the repositories over it. */
export type Records = {
  readonly storage: Storage
  readonly operators: OperatorRepository
  readonly throttle: ThrottleRepository
  readonly pushLimit: PushLimit
  readonly journal: Journal
}

type Place = {
  url: string
  dataDir: string
  /** Where rows wait that the database had not taken before the end of the last run; null: left there. */
  keptRows: string | null
  clock: Clock
}

/** Opens the database, and checks that the journal's head is what was written. Rejects with `StorageError`. */
export async function openRecords({ url, dataDir, keptRows, clock }: Place): Promise<Records> {
  const storage = await openStorage({ url, dataDir, clock })
  try {
    const workstation = await readWorkstation(storage)
    const journal = createJournal({ storage, clock, workstation: workstation.id })
    if (!(await journal.headIsSound()))
      throw new StorageError('corrupt', new Error('the journal was changed'))
    if (keptRows !== null) await appendKeptRows(keptRows, journal.appendKept)
    return {
      storage,
      journal,
      operators: createOperatorRepository({ storage, clock }),
      throttle: createThrottleRepository({ storage, clock, workstation }),
      pushLimit: createPushLimit({ clock, workstation }),
    }
  } catch (error) {
    await storage.close()
    throw error
  }
}
