import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import { CommandFault } from './fault.ts'
import type { Terminal } from './terminal.ts'

/**
 * The lines of standard input, in UTF-8, however they end. Throws a `CommandFault` when it is a keyboard, which would
 * show what is typed: `advice` then says what to do.
 */
export function linesOf(terminal: Terminal, advice: string): string[] {
  const input = terminal.read()
  if (input === null) throw new CommandFault(64, [advice])
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(input)
    return text.replace(/\r?\n$/u, '').split(/\r?\n/u)
  } catch {
    throw new CommandFault(1, [cliTexts.notText])
  }
}
