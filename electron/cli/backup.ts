import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import { backUpTo } from '../program/backups.ts'
import { StorageError } from '../storage/storage-error.ts'
import { argumentsOf } from './arguments.ts'
import { authorised, authorityFor } from './authority.ts'
import { withRecords } from './database.ts'
import { CommandFault, notWritten } from './fault.ts'
import { linesOf } from './lines.ts'
import type { CommandCall } from './perform.ts'

/** `backup FILE`: a copy of the database as it is now, verified by opening it, that takes nobody's place. */
export async function backup({ words, usage, program, tools: { terminal } }: CommandCall): Promise<number> {
  const [typed = ''] = argumentsOf(words, { usage, count: 1, options: {} }).positionals
  const file = resolve(typed)
  const authority = await authorityFor(
    program,
    () => linesOf(terminal, cliTexts.titulaire),
    cliTexts.titulaire,
  )
  return withRecords(program, async (records) => {
    const by = await authorised(records, authority)
    const made = await backUpTo({ database: records.database, file }).catch((error: unknown) => {
      throw isOfFile(error) ? notWritten(file) : error
    })
    if (made === null) throw new CommandFault(1, [cliTexts.fileExists(file)])
    const details = { ...by, upTo: made.upTo, hash: made.hash }
    await records.journal
      .append({ kind: 'database.backed-up', outcome: 'done', details })
      // What is not journalled is not handed out.
      .catch(async (error: unknown) => {
        await rm(file, { force: true })
        throw error
      })
    terminal.say(cliTexts.backedUp(file, made.upTo))
    return 0
  })
}

/** Whether it is the backup that cannot be written: the database is open. */
function isOfFile(error: unknown): boolean {
  return error instanceof StorageError && ['full', 'missing-folder', 'read-only'].includes(error.kind)
}
