import { parseArgs, type ParseArgsConfig } from 'node:util'
import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import { CommandFault } from './fault.ts'

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>
>

/**
 * The options of a command and what else it was given, `count` words. Throws a `CommandFault` that says how the command
 * is written, and nothing of what was typed: it may be a secret.
 */
export function argumentsOf<const O extends Options>(
  words: readonly string[],
  { usage, count, options }: { readonly usage: string; readonly count: number; readonly options: O },
): Parsed<O> {
  const parsed = strictly(words, options)
  if (parsed === null || parsed.positionals.length !== count || parsed.positionals.includes('')) {
    throw misused(usage)
  }
  return parsed
}

/** Says how a command is written. */
export function misused(usage: string): CommandFault {
  return new CommandFault(64, [cliTexts.misused(usage)])
}

function strictly<const O extends Options>(words: readonly string[], options: O): Parsed<O> | null {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
  } catch (error) {
    // Its own code for whatever was typed amiss; its words are English.
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return null
    throw error
  }
}
