import { systemClock as clock } from '../clock.ts'
import { exportRows } from '../journal/export.ts'
import { createJournalPages } from '../journal/pages.ts'
import { cutJournal, isClockBelieved } from '../journal/retention.ts'
import { verifyJournal } from '../journal/verify.ts'
import { checkPages } from '../storage/soundness.ts'
import type { Storage } from '../storage/storage.ts'
import { readWorkstation } from '../storage/workstation.ts'
import { backUpToday } from './backups.ts'
import type { Course, StorageTask, StorageTasks } from './storage-tasks.ts'

export type Work = {
  readonly [T in StorageTask]: (
    args: StorageTasks[T]['args'],
    course: Course,
  ) => Promise<StorageTasks[T]['value']>
}

/**
 * What each task is, in the words of the rooms. One that lasts takes its turns: after ten milliseconds or so of work
 * it lets the thread hear that it is to end.
 */
export function createWork(storage: Storage): Work {
  const { page, count } = createJournalPages(storage)
  return {
    'journal.page': page,
    'journal.count': count,
    'journal.verify': (args, course) => verifyJournal(storage, { ...args, ...course }),
    'journal.export': (asked, course) => exportRows(storage, asked, course),
    'journal.cut': async (cut) => {
      if (!(await isClockBelieved(storage, clock.now()))) return { rows: 0 }
      const { id: workstation } = await readWorkstation(storage)
      return { rows: await cutJournal({ storage, clock, workstation }, cut) }
    },
    'database.back-up': backUpToday,
    'database.check': async ({ database }) => ({ sound: await checkPages(database) }),
  }
}
