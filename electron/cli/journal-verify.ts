import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import { verdictInWords } from '../../renderer/ui/texts/journal.ts'
import { readHead } from '../journal/head.ts'
import { verifyJournal as verify } from '../journal/verify.ts'
import { readWorkstation } from '../storage/workstation.ts'
import { argumentsOf } from './arguments.ts'
import { withStorage } from './database.ts'
import type { CommandCall } from './perform.ts'

/**
 * `journal verify`: whether every row is as it was written; else the first bad one, and 1. It writes nothing, not even
 * that it was asked for, so it asks nobody: a task that runs every night may do it.
 */
export async function verifyJournal({ words, usage, program, tools }: CommandCall): Promise<number> {
  argumentsOf(words, { usage, count: 0, options: {} })
  const { terminal, keychain } = tools
  return withStorage(program, async (storage) => {
    const { id } = await readWorkstation(storage)
    const head = await readHead(keychain.journalHead(id))
    const onProgress = ({ done, total }: { done: number; total: number }): void =>
      terminal.progress(cliTexts.rowsVerified(done, total))
    const found = verdictInWords(await verify(storage, { head, onProgress }))
    if (found === null) throw new Error('nobody can cancel it')
    const tell = found.tone === 'info' ? terminal.say : terminal.complain
    for (const line of [found.text, found.more]) if (line !== null) tell(line)
    return found.tone === 'info' ? 0 : 1
  })
}
