import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { Refusal } from '../ipc/result.ts'
import type { JournalFilter } from '../journal/filter.ts'
import { referenceOf } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import type { Operator } from '../operators/operator.ts'
import { localDay } from '../operators/operator.ts'
import { FileError } from '../storage/file-error.ts'
import { StorageError } from '../storage/storage-error.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { JournalDeskParts } from './journal-desk.ts'
import type { TaskOptions } from './storage-tasks.ts'

type Format = 'csv' | 'jsonl'

export type JournalExport = {
  /** Asks where to write; null: nowhere. */
  readonly ask: (format: Format) => Promise<string | null>
  /**
   * Writes the rows to `file`, which takes that name once the export is journalled. Null when it was given up: no file is
   * left. Rejects with a `Refusal` when the file cannot be written, or with `StorageError`.
   */
  readonly write: (
    operator: Operator,
    asked: { filter: JournalFilter; format: Format; file: string },
    options: TaskOptions,
  ) => Promise<{ name: string; rows: number } | null>
}

export function createJournalExport(parts: JournalDeskParts): JournalExport {
  const { clock, records, builtIns, worker, saveAs } = parts
  const { journal } = records
  return {
    ask: (format) =>
      saveAs(builtIns.windowOf('journal'), {
        title: texts.journal.filesTitle,
        name: texts.journal.fileName(localDay(clock.now())),
        kind: format === 'csv' ? texts.journal.exportCsv : texts.journal.exportJsonl,
        extension: format,
      }),
    write: async (operator, { filter, format, file }, options) => {
      const name = basename(file)
      // In the same folder, so that taking its name is one step.
      const unfinished = `${file}.en-cours-${randomUUID()}`
      try {
        const written = await worker
          .run('journal.export', { filter, format, file: unfinished }, options)
          .catch((error: unknown) => {
            throw isOfFile(error) ? notWritten(name) : error
          })
        if (written === null) return null
        await journal.append({
          kind: 'journal.exported',
          outcome: 'done',
          operator: referenceOf(operator),
          details: { by: 'operator', format, rows: written.rows },
        })
        await rename(unfinished, file).catch(() => {
          throw notWritten(name)
        })
        return { name, rows: written.rows }
      } catch (error) {
        if (!(error instanceof FileError)) throw error
        throw new Refusal('file-not-written', newReference(), { detail: name })
      } finally {
        await rm(unfinished, { force: true }).catch(() => undefined)
      }
    },
  }
}

function notWritten(name: string): Refusal {
  return new Refusal('file-not-written', newReference(), { detail: name })
}

/** Whether it is the file's folder or disk that fails: an export only reads the database. */
function isOfFile(error: unknown): boolean {
  return error instanceof StorageError && ['missing-folder', 'read-only', 'full'].includes(error.kind)
}
