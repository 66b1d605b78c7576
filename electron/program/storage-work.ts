import { systemClock as clock } from '../clock.ts'
import { exportRows } from '../journal/export.ts'
import { createJournalPages, type JournalPages } from '../journal/pages.ts'
import { cutJournal, isClockBelieved } from '../journal/retention.ts'
import { verifyTail } from '../journal/tail.ts'
import { verifyJournal } from '../journal/verify.ts'
import { lookAtDatabase } from '../storage/look.ts'
import { checkPages } from '../storage/soundness.ts'
import type { Storage } from '../storage/storage.ts'
import { readWorkstation } from '../storage/workstation.ts'
import { backUpToday, lookAtBackups } from './backups.ts'
import type { Course, StorageTask, StorageTasks } from './storage-tasks.ts'

export type Work = {
  readonly [T in StorageTask]: (
    args: StorageTasks[T]['args'],
    course: Course,
  ) => Promise<StorageTasks[T]['value']>
}

/**
 * What each task is, in the words of the rooms. One that lasts takes its turns: after ten milliseconds or so of work
 * it lets the thread hear that it is to end. `opened`: the database, opened at the first task that needs it.
 */
export function createWork(opened: () => Promise<Storage>): Work {
  let known: JournalPages | null = null
  const pages = async (): Promise<JournalPages> => (known ??= createJournalPages(await opened()))
  return {
    'journal.page': async (asked) => (await pages()).page(asked),
    'journal.count': async (asked) => (await pages()).count(asked),
    'journal.verify': async (args, course) => verifyJournal(await opened(), { ...args, ...course }),
    'journal.export': async (asked, course) => exportRows(await opened(), asked, course),
    'journal.cut': async (cut) => {
      const storage = await opened()
      if (!(await isClockBelieved(storage, clock.now()))) return { rows: 0 }
      const { id: workstation } = await readWorkstation(storage)
      return { rows: await cutJournal({ storage, clock, workstation }, cut) }
    },
    'database.back-up': async (asked) => {
      await opened()
      return backUpToday(asked)
    },
    'database.check': async ({ database }) => {
      await opened()
      return { sound: await checkPages(database) }
    },
    // A database that cannot be opened is what these find.
    'database.look': ({ database }) => lookAtDatabase(database),
    'backup.look': ({ folder }) => lookAtBackups(folder),
    'journal.tail': async (asked, { signal }) => verifyTail(await opened(), { ...asked, signal }),
  }
}
