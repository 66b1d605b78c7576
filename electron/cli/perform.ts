import type { Keychain } from '../../native/keychain/secrets.ts'
import { cliTexts, usages } from '../../renderer/ui/texts/cli.ts'
import { testPackageTexts } from '../../renderer/ui/texts/edition.ts'
import type { Edition } from '../settings/edition.ts'
import type { Paths } from '../settings/paths.ts'
import { argumentsOf } from './arguments.ts'
import { backup } from './backup.ts'
import { probeCard } from './card-probe.ts'
import { checkConfig } from './check-config.ts'
import { diagnostic } from './diagnostic.ts'
import { CommandFault, explain } from './fault.ts'
import { exportJournal } from './journal-export.ts'
import { verifyJournal } from './journal-verify.ts'
import { importOperators } from './operators-import.ts'
import { listOperators } from './operators-list.ts'
import { resetPassword, unblockOperator } from './operators.ts'
import { prepare } from './prepare.ts'
import { restore } from './restore.ts'
import { deleteSecret, listSecrets, setSecret } from './secret.ts'
import type { Terminal } from './terminal.ts'

/** What was typed, where. */
export type Program = {
  readonly words: readonly string[]
  /** How this program is started again, but for the words: its executable, then what stands before them. */
  readonly itself: readonly string[]
  readonly paths: Paths
  readonly edition: Edition
  readonly version: string
  /** `process.versions` of the main thread: another one knows nothing of Electron. */
  readonly versions: Readonly<Record<string, string | undefined>>
  /** password-strength.worker as built. */
  readonly scorerFile: string
}

/** What a command works with. */
export type Tools = { readonly terminal: Terminal; readonly keychain: Keychain }

/** A command as it was typed: `words` follow its name; `usage` is how it is written. */
export type CommandCall = {
  readonly words: readonly string[]
  readonly usage: string
  readonly program: Program
  readonly tools: Tools
}

type Command = {
  readonly name: string
  readonly usage: string
  readonly run: (call: CommandCall) => number | Promise<number>
}

const commands: readonly Command[] = [
  { name: 'operators import', usage: usages.importOperators, run: importOperators },
  { name: 'operators list', usage: usages.listOperators, run: listOperators },
  { name: 'operators unblock', usage: usages.unblockOperator, run: unblockOperator },
  { name: 'operators reset-password', usage: usages.resetPassword, run: resetPassword },
  { name: 'journal export', usage: usages.exportJournal, run: exportJournal },
  { name: 'journal verify', usage: usages.verifyJournal, run: verifyJournal },
  { name: 'backup', usage: usages.backup, run: backup },
  { name: 'restore', usage: usages.restore, run: restore },
  { name: 'secret set', usage: usages.setSecret, run: setSecret },
  { name: 'secret delete', usage: usages.deleteSecret, run: deleteSecret },
  { name: 'secret list', usage: usages.listSecrets, run: listSecrets },
  { name: 'prepare', usage: usages.prepare, run: prepare },
  { name: '--diagnostic', usage: usages.diagnostic, run: diagnostic },
  { name: '--check-config', usage: usages.checkConfig, run: checkConfig },
  { name: '--version', usage: usages.version, run: tellVersion },
]

/** What a command asks of a process of its own: nobody types it. */
const internal: readonly Command[] = [{ name: 'card-probe', usage: 'card-probe', run: probeCard }]

/**
 * Performs a command; resolves to its exit code, once what went wrong is told on standard error. 0: done, 1: refused or
 * found wrong, 64: not a command, 69: unavailable, 74: disk, 78: settings (sysexits.h). Never rejects.
 */
export async function perform(program: Program, tools: Tools): Promise<number> {
  try {
    const { run, usage, words } = commandOf(program.words)
    return await run({ words, usage, program, tools })
  } catch (error) {
    const { exitCode, lines } = explain(error)
    for (const line of lines) tools.terminal.complain(line)
    return exitCode
  }
}

/** The command that `typed` begins with; `words` follow its name. Throws a `CommandFault` that lists them all. */
function commandOf(typed: readonly string[]): Command & Pick<CommandCall, 'words'> {
  for (const command of [...commands, ...internal]) {
    const length = command.name.split(' ').length
    if (typed.slice(0, length).join(' ') === command.name) return { ...command, words: typed.slice(length) }
  }
  throw new CommandFault(64, [cliTexts.unknownCommand, ...commands.map(({ usage }) => cliTexts.usage(usage))])
}

function tellVersion({ words, usage, program, tools }: CommandCall): number {
  argumentsOf(words, { usage, count: 0, options: {} })
  const { edition, version } = program
  tools.terminal.say(edition === 'test-package' ? testPackageTexts.version(version) : version)
  return 0
}
