import type { Keychain } from '../../native/keychain/secrets.ts'
import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import type { Paths } from '../settings/paths.ts'
import { CommandFault, explain } from './fault.ts'
import { secret } from './secret.ts'
import type { Terminal } from './terminal.ts'

/** What was typed, where. */
export type Program = {
  readonly words: readonly string[]
  readonly paths: Paths
  /** Whether this is an installed program: what changes something is then authorised and journalled. */
  readonly installed: boolean
}

/** What a command works with. */
export type Tools = { readonly terminal: Terminal; readonly keychain: Keychain }

/**
 * Performs a command; resolves to its exit code, once what went wrong is told on standard error. 0: done, 1: refused,
 * 64: not a command, 69: unavailable, 74: disk, 78: settings (sysexits.h). Never rejects.
 */
export async function perform(program: Program, tools: Tools): Promise<number> {
  try {
    const [name, ...words] = program.words
    if (name !== 'secret') throw new CommandFault(64, [cliTexts.unknownCommand])
    return await secret({ ...program, words }, tools)
  } catch (error) {
    const { exitCode, lines } = explain(error)
    for (const line of lines) tools.terminal.complain(line)
    return exitCode
  }
}
