import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/journal.ts'
import { retentionCut } from '../journal/retention.ts'
import type { Settings } from '../settings/schema.ts'
import { markDamaged } from '../storage/restore.ts'
import { dayHere } from '../storage/rotation.ts'
import { toStorageError, type StorageFault } from '../storage/storage-error.ts'
import type { TechnicalLog } from './log.ts'
import type { StorageWorker } from './storage-tasks.ts'

/** Well after the launcher is painted, and before anybody who opens Comptoir for a minute only has left. */
const firstMs = 60_000
/** A program that stays open meets the next day within the hour. */
const everyMs = 60 * 60_000

/** What is done for the database once a day, by the storage worker. */
export type Daily = {
  readonly start: () => void
  /** Nothing new is begun. */
  readonly stop: () => void
}

type Parts = {
  settings: Pick<Settings, 'journal'>
  clock: Clock
  worker: Pick<StorageWorker, 'run'>
  journal: Pick<Journal, 'appendEventually'>
  log: Pick<TechnicalLog, 'note'>
  database: string
  /** Where the backups are. */
  backups: string
  /** The database was found damaged; it is marked so, for the next start. */
  damaged: () => void
  /** Each time that all of it was tried. */
  rounded: () => void
}

/**
 * The backup of the day, then the retention of the journal; and once, the pages of the whole database. What cannot be
 * done is tried again within the hour.
 */
export function createDaily(parts: Parts): Daily {
  const { settings, clock, worker, journal, log, database, backups, damaged, rounded } = parts
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let checked = false
  let cutOn: string | null = null
  /** The failure that the journal has: the same one is told once a day. */
  let told: string | null = null

  const failed = (fault: StorageFault): void => {
    const which = `${dayHere(clock.now())} ${fault}`
    if (which === told) return
    told = which
    void log.note(`the daily backup was not made: ${fault}`)
    journal.appendEventually({ kind: 'database.backup-failed', outcome: 'failed', details: { fault } })
  }

  const backUp = async (): Promise<void> => {
    const made = await worker.run('database.back-up', { database, folder: backups })
    if (made === null) return
    const { upTo, hash } = made
    told = null
    journal.appendEventually({
      kind: 'database.backed-up',
      outcome: 'done',
      details: { by: 'program', upTo, hash },
    })
  }

  const cut = async (): Promise<void> => {
    const today = dayHere(clock.now())
    if (cutOn === today) return
    await worker.run('journal.cut', retentionCut(settings, clock.now()))
    cutOn = today
  }

  const check = async (): Promise<void> => {
    if (checked) return
    const { sound } = await worker.run('database.check', { database })
    checked = true
    if (sound) return
    await markDamaged(database)
    void log.note('the database was found damaged')
    damaged()
  }

  const unless = async (work: () => Promise<void>, failing: (fault: StorageFault) => void): Promise<void> => {
    if (stopped) return
    try {
      await work()
    } catch (error) {
      // A worker that is closed fails too: that is no news.
      if (!stopped) failing(toStorageError(error).kind)
    }
  }

  const round = async (): Promise<void> => {
    await unless(backUp, failed)
    await unless(cut, () => undefined)
    await unless(check, () => undefined)
    if (stopped) return
    rounded()
    timer = setTimeout(() => void round(), everyMs)
  }

  return {
    start: () => {
      timer = setTimeout(() => void round(), firstMs)
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
