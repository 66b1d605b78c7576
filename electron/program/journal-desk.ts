import type { Caller, Handlers } from '../ipc/answer.ts'
import type { ViewOf } from '../ipc/views.ts'
import type { JournalFilter } from '../journal/filter.ts'
import { referenceOf } from '../journal/kinds.ts'
import { lastSeq } from '../journal/pages.ts'
import { displayName, type Operator } from '../operators/operator.ts'
import { createTeamQueries } from '../operators/team-queries.ts'
import { operatorView } from '../windows/views.ts'
import type { DeskParts } from './desk.ts'
import { createDeskTask } from './desk-task.ts'
import { createJournalExport } from './journal-export.ts'
import { createJournalExtract } from './journal-extract.ts'
import { createJournalReadings } from './journal-readings.ts'
import { createRowViews, moduleLabels } from './row-views.ts'
import type { TaskOptions } from './storage-tasks.ts'

export type JournalDesk = {
  readonly view: (operator: Operator) => ViewOf<'journal'>
  readonly handlers: Pick<
    Handlers,
    | 'journalRows'
    | 'journalCount'
    | 'journalHead'
    | 'journalPeople'
    | 'verifyJournal'
    | 'exportJournal'
    | 'extractJournal'
    | 'copyReference'
    | 'cancelJournalTask'
  >
}

export type JournalDeskParts = Pick<
  DeskParts,
  'workstation' | 'clock' | 'entitled' | 'worker' | 'readHead' | 'saveAs' | 'copy'
> & {
  readonly settings: Pick<DeskParts['settings'], 'pharmacy' | 'modules' | 'journal'>
  readonly records: Pick<DeskParts['records'], 'storage' | 'operators' | 'journal'>
  readonly builtIns: Pick<DeskParts['builtIns'], 'push' | 'windowOf' | 'ownerOf'>
}

/** How many people the filter offers at once. */
const peopleShown = 20

/** « Journal »: each call is entitled, and what it reads is journalled before it is read. */
export function createJournalDesk(parts: JournalDeskParts): JournalDesk {
  const { settings, clock, records, builtIns, entitled, worker } = parts
  const { journal, operators, storage } = records
  const viewsOf = createRowViews(parts)
  const people = createTeamQueries({ storage, clock })
  const task = createDeskTask<'verify' | 'export' | 'extract'>(() => builtIns.push('journal'))
  const exporting = createJournalExport(parts)
  const extracting = createJournalExtract({ ...parts, viewsOf })
  const readings = createJournalReadings({
    journal,
    referenceById: async (id) => {
      const operator = await operators.byId(id)
      return operator === null ? null : referenceOf(operator)
    },
    isOpen: (opening) => builtIns.ownerOf(opening) !== null,
  })

  /** Who reads these rows, once it is written that they do. */
  const reader = async (caller: Caller, filter: JournalFilter | null): Promise<Operator> => {
    const operator = await entitled(caller, 'read-journal')
    await readings.opened(caller.webContentsId, operator)
    if (filter !== null && filter.operator !== null) {
      await readings.filtered(caller.webContentsId, operator, filter.operator)
    }
    return operator
  }

  /** What is under way is given up with its window. */
  const run = async <T>(
    kind: 'verify' | 'export' | 'extract',
    work: (options: Required<TaskOptions>) => Promise<T>,
  ): Promise<T> => {
    const window = builtIns.windowOf('journal')
    window?.once('closed', task.cancel)
    try {
      return await task.run(kind, work)
    } finally {
      window?.off('closed', task.cancel)
    }
  }

  return {
    view: (operator) => ({
      operator: operatorView(operator),
      modules: moduleLabels(settings),
      retentionMonths: settings.journal.retentionMonths,
      task: task.view(),
    }),
    handlers: {
      journalRows: async (request, caller) => {
        await reader(caller, request.filter)
        return viewsOf(await worker.run('journal.page', request))
      },
      journalCount: async (request, caller) => {
        await reader(caller, request.filter)
        return worker.run('journal.count', request)
      },
      journalHead: async (_, caller) => {
        await entitled(caller, 'read-journal')
        return lastSeq(storage)
      },
      journalPeople: async ({ search }, caller) => {
        await reader(caller, null)
        const { members } = await people.search({ search, shown: 'all', offset: 0, limit: peopleShown })
        return members.map(({ operator }) => ({
          id: operator.id,
          code: operator.code,
          name: displayName(operator),
        }))
      },
      verifyJournal: async (_, caller) => {
        const operator = await reader(caller, null)
        return run('verify', async (options) => {
          const found = await worker.run('journal.verify', { head: await parts.readHead() }, options)
          if (found.kind === 'cancelled') return found
          const sound = found.kind === 'sound'
          await journal.append({
            kind: 'journal.verified',
            outcome: sound ? 'done' : 'failed',
            operator: referenceOf(operator),
            details: {
              by: 'operator',
              verdict: sound ? 'sound' : found.what,
              seq: sound ? null : found.seq,
            },
          })
          return found
        })
      },
      exportJournal: async ({ filter, format }, caller) => {
        await reader(caller, filter)
        const file = await exporting.ask(format)
        if (file === null) return null
        // The time of a dialog: whoever answered it may no longer be who asked.
        const operator = await entitled(caller, 'read-journal')
        return run('export', (options) => exporting.write(operator, { filter, format, file }, options))
      },
      extractJournal: async ({ filter, reason }, caller) => {
        const operator = await reader(caller, filter)
        return run('extract', (options) => extracting.make(operator, { filter, reason }, options))
      },
      copyReference: async ({ reference }, caller) => {
        await entitled(caller, 'read-journal')
        parts.copy(reference)
      },
      cancelJournalTask: async (_, caller) => {
        await entitled(caller, null)
        task.cancel()
      },
    },
  }
}
