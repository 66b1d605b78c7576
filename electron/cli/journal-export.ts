import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import { exportRows } from '../journal/export.ts'
import { everyRow } from '../journal/filter.ts'
import type { Progress } from '../program/storage-tasks.ts'
import { giveName } from '../storage/backup.ts'
import { FileError, writing } from '../storage/file-error.ts'
import { argumentsOf, misused } from './arguments.ts'
import { authorised, authorityFor } from './authority.ts'
import { withRecords } from './database.ts'
import { CommandFault, notWritten } from './fault.ts'
import { linesOf } from './lines.ts'
import type { CommandCall } from './perform.ts'

/**
 * `journal export --format FORMAT --output FILE`: all of it, to a file that takes its name once the export is journalled,
 * and takes nobody's place.
 */
export async function exportJournal({ words, usage, program, tools }: CommandCall): Promise<number> {
  const { terminal } = tools
  const { format, output = '' } = argumentsOf(words, {
    usage,
    count: 0,
    options: { format: { type: 'string' }, output: { type: 'string' } },
  }).values
  if ((format !== 'csv' && format !== 'jsonl') || output === '') throw misused(usage)
  const file = resolve(output)
  if (existsSync(file)) throw new CommandFault(1, [cliTexts.fileExists(file)])
  const authority = await authorityFor(
    program,
    () => linesOf(terminal, cliTexts.titulaire),
    cliTexts.titulaire,
  )
  const onProgress = ({ done, total }: Progress): void =>
    terminal.progress(cliTexts.rowsExported(done, total))
  return withRecords(program, async (records) => {
    const by = await authorised(records, authority)
    // In the same folder, so that taking its name is one step.
    const unfinished = `${file}.en-cours-${randomUUID()}`
    try {
      const asked = { filter: everyRow, format, file: unfinished } as const
      const written = await exportRows(records.storage, asked, { onProgress })
      if (written === null) throw new Error('nobody can abort it')
      const { rows } = written
      await records.journal.append({
        kind: 'journal.exported',
        outcome: 'done',
        details: { ...by, format, rows },
      })
      if (!(await writing(() => giveName(unfinished, file))))
        throw new CommandFault(1, [cliTexts.fileExists(file)])
      terminal.say(cliTexts.exported(file, rows))
      return 0
    } catch (error) {
      throw error instanceof FileError ? notWritten(file) : error
    } finally {
      await rm(unfinished, { force: true })
    }
  })
}
