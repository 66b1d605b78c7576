import { resolve } from 'node:path'
import type { Keychain } from '../../native/keychain/secrets.ts'
import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import { assertNever } from '../assert-never.ts'
import { readHead, resetHead } from '../journal/head.ts'
import type { KeptHead } from '../journal/verdict.ts'
import { restoreBackup } from '../program/backups.ts'
import { databaseFile } from '../storage/open.ts'
import { StorageError } from '../storage/storage-error.ts'
import { readWorkstation } from '../storage/workstation.ts'
import { argumentsOf } from './arguments.ts'
import { authorised, authorityFor, byCommand, type Authority, type CommandBy } from './authority.ts'
import { settingsOf, withRecords, withStorage } from './database.ts'
import { CommandFault } from './fault.ts'
import { linesOf } from './lines.ts'
import type { CommandCall, Program } from './perform.ts'

/** `restore FILE`: puts a backup in the place of the database, which is kept beside it; not while it is used. */
export async function restore(call: CommandCall): Promise<number> {
  const { words, usage, program, tools } = call
  const { terminal, keychain } = tools
  const [typed = ''] = argumentsOf(words, { usage, count: 1, options: {} }).positionals
  const file = resolve(typed)
  const database = databaseFile(settingsOf(program).storage.url, program.paths.data)
  const authority = await authorityFor(
    program,
    () => linesOf(terminal, cliTexts.titulaire),
    cliTexts.titulaire,
  )
  const by = await provedNow(program, authority)
  const known = await knownHead(program, keychain)
  const keptHead = known?.kind === 'kept' ? known : null
  const restored = await restoreBackup({ database, backup: file, present: 'remplacee', by, keptHead })
  switch (restored.kind) {
    case 'restored':
      terminal.say(cliTexts.restored(file))
      if (!(await keepHead(program, keychain)) || keptHead === null) terminal.say(cliTexts.headOfOthers)
      return 0
    case 'in-use':
      throw new CommandFault(1, [cliTexts.inUse])
    case 'not-sound':
      throw new CommandFault(1, [cliTexts.notSound(file)])
    default:
      return assertNever(restored)
  }
}

/** By the present database, which is let go again: a backup that somebody brings cannot vouch for them. */
async function provedNow(program: Program, authority: Authority): Promise<CommandBy> {
  if (authority.kind !== 'titulaire') return byCommand(null)
  try {
    return await withRecords(program, (records) => authorised(records, authority))
  } catch (error) {
    if (error instanceof StorageError && error.kind !== 'busy') {
      throw new CommandFault(1, [cliTexts.administratorOnly])
    }
    throw error
  }
}

/** What this account's keychain keeps of the present journal; null: the database cannot even say which it is. */
async function knownHead(program: Program, keychain: Keychain): Promise<KeptHead | null> {
  try {
    return await withStorage(program, async (storage) => {
      const { id } = await readWorkstation(storage)
      return readHead(keychain.journalHead(id))
    })
  } catch (error) {
    if (error instanceof StorageError) return null
    throw error
  }
}

/** From now on the journal that was restored is the one that is known: whether the keychain took it. */
async function keepHead(program: Program, keychain: Keychain): Promise<boolean> {
  return withStorage(program, async (storage) => {
    const { id } = await readWorkstation(storage)
    const last = await storage.read((db) =>
      db.selectFrom('journal').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst(),
    )
    return last !== undefined && resetHead(keychain.journalHead(id), last)
  })
}
