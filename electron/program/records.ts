import type { KeptItem } from '../../native/keychain/secrets.ts'
import type { Clock } from '../clock.ts'
import { createPushLimit, type PushLimit } from '../identification/push-limit.ts'
import { createThrottleRepository, type ThrottleRepository } from '../identification/throttle-repository.ts'
import type { Place as JournalPlace } from '../journal/chain.ts'
import { appendKeptRows } from '../journal/kept-rows.ts'
import { createHeadKeeper, type HeadKeeper } from '../journal/head.ts'
import { createJournal, type Journal } from '../journal/journal.ts'
import { createRecentOperators, type RecentOperators } from '../operators/recent.ts'
import { createOperatorRepository, type OperatorRepository } from '../operators/repository.ts'
import { hasBackups } from '../storage/backup.ts'
import { hadDatabase, isMissing, openHeld } from '../storage/in-use.ts'
import { databaseFile, openStorage } from '../storage/open.ts'
import { isMarkedDamaged, markDamaged } from '../storage/restore.ts'
import { StorageError } from '../storage/storage-error.ts'
import type { Storage } from '../storage/storage.ts'
import { readWorkstation } from '../storage/workstation.ts'

/** What this workstation remembers: the database and the repositories over it. */
export type Records = {
  /** The database's file. */
  readonly database: string
  readonly storage: Storage
  readonly operators: OperatorRepository
  readonly recent: RecentOperators
  readonly throttle: ThrottleRepository
  readonly pushLimit: PushLimit
  readonly journal: Journal
  /** Null: this program keeps none. */
  readonly head: HeadKeeper | null
}

type Place = {
  url: string
  dataDir: string
  /** Where the daily backups are. */
  backups: string
  /** Where rows wait that the database had not taken before the end of the last run; null: left there. */
  keptRows: string | null
  /** Opens where the journal's head is kept outside the database; null: this program keeps none. */
  headItem: ((workstation: string) => Promise<KeptItem>) | null
  /** None is made where there is none: `missing-database`. */
  existing?: boolean
  clock: Clock
}

/**
 * Opens the database, and checks that the journal's head is what was written. One is made where there is neither a
 * database nor a backup nor any sign that there was one. Rejects with `StorageError`.
 */
export async function openRecords({ keptRows, headItem, ...place }: Place): Promise<Records> {
  const { clock } = place
  const storage = await openNoticing(place)
  try {
    const workstation = await readWorkstation(storage)
    const head =
      headItem === null ? null : createHeadKeeper({ item: () => headItem(workstation.id), storage, clock })
    const written = (place: JournalPlace): void => head?.note(place)
    const journal = createJournal({ storage, clock, workstation: workstation.id, written })
    if (!(await journal.headIsSound()))
      throw new StorageError('corrupt', new Error('the journal was changed'))
    if (keptRows !== null) await appendKeptRows(keptRows, journal.appendKept)
    return {
      database: databaseFile(place.url, place.dataDir),
      storage,
      journal,
      head,
      operators: createOperatorRepository({ storage, clock }),
      recent: createRecentOperators({ storage, workstation: workstation.id }),
      throttle: createThrottleRepository({ storage, clock, workstation }),
      pushLimit: createPushLimit({ clock, workstation }),
    }
  } catch (error) {
    await storage.close()
    throw error
  }
}

async function openNoticing({
  url,
  dataDir,
  backups,
  existing = false,
  clock,
}: Omit<Place, 'keptRows' | 'headItem'>): Promise<Storage> {
  const database = databaseFile(url, dataDir)
  const storage = await openHeld(database, async () => {
    if (isMissing(database) && (hadDatabase(database) || (await hasBackups(backups))))
      throw new StorageError('missing-database')
    if (isMarkedDamaged(database)) throw new StorageError('corrupt', new Error('found by an earlier run'))
    return openStorage({ url, dataDir, clock, existing })
  })
  return {
    ...storage,
    read: (work) => noticing(database, () => storage.read(work)),
    write: (work) => noticing(database, () => storage.write(work)),
  }
}

/** What shows only in use is remembered for the next start, which examines the database whole. */
async function noticing<T>(database: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StorageError && error.kind === 'corrupt') {
      await markDamaged(database).catch(() => undefined)
    }
    throw error
  }
}
