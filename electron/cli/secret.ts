import { userInfo } from 'node:os'
import { maxSecretBytes, secretNames, type SecretName } from '../../native/keychain/secrets.ts'
import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import { authorityFor, carryOut } from './authority.ts'
import { CommandFault } from './fault.ts'
import { linesOf } from './lines.ts'
import type { Program, Tools } from './perform.ts'

/** `secret set|delete NAME` and `secret list`, `words` being what follows « secret ». */
export async function secret(program: Program, tools: Tools): Promise<number> {
  const [action, typedName, ...tooMany] = program.words
  if (action === 'list' && typedName === undefined) return list(tools)
  if (action === 'set' && tooMany.length > 0) throw new CommandFault(64, [cliTexts.secretInArguments])
  if ((action !== 'set' && action !== 'delete') || typedName === undefined || tooMany.length > 0) {
    throw new CommandFault(64, [cliTexts.unknownCommand])
  }
  // What was typed is not told again: it may be a secret.
  const name = secretNames.find((known) => known === typedName)
  if (name === undefined) throw new CommandFault(64, [cliTexts.unknownSecret(secretNames)])
  return action === 'set' ? set(name, program, tools) : remove(name, program, tools)
}

async function list({ terminal, keychain }: Tools): Promise<number> {
  const present = await keychain.names()
  for (const name of secretNames) terminal.say(cliTexts.secret(name, present.includes(name)))
  return 0
}

async function set(name: SecretName, program: Program, { terminal, keychain }: Tools): Promise<number> {
  const authority = await authorityFor(program)
  const lines = linesOf(terminal, cliTexts.pipeSecret(name, process.platform))
  const credentials = authority === 'titulaire' ? credentialsIn(lines, cliTexts.titulaireThenSecret) : []
  const value = secretIn(lines)
  // Before anybody is asked for anything: a keychain that does not answer is known at once.
  await keychain.read(name)
  const osAccount = userInfo().username
  const deed = { kind: 'secret.set', name, osAccount } as const
  await carryOut({ authority, credentials, deed, program }, () => keychain.write(name, value))
  terminal.say(cliTexts.secretSet(name, osAccount))
  return 0
}

async function remove(name: SecretName, program: Program, { terminal, keychain }: Tools): Promise<number> {
  const osAccount = userInfo().username
  if ((await keychain.read(name)) === null) throw new CommandFault(1, [cliTexts.noSecret(name, osAccount)])
  const authority = await authorityFor(program)
  const credentials =
    authority === 'titulaire' ? credentialsIn(linesOf(terminal, cliTexts.titulaire), cliTexts.titulaire) : []
  const deed = { kind: 'secret.deleted', name, osAccount } as const
  await carryOut({ authority, credentials, deed, program }, async () => {
    await keychain.remove(name)
  })
  terminal.say(cliTexts.secretDeleted(name, osAccount))
  return 0
}

/** Takes a titulaire's code and password, the first two lines, off the others. */
function credentialsIn(lines: string[], advice: string): string[] {
  if (lines.length < 2) throw new CommandFault(1, [advice])
  return lines.splice(0, 2)
}

/** The secret: one line, of text. Throws a `CommandFault` that does not tell it. */
function secretIn([value = '', ...others]: readonly string[]): string {
  const wrong =
    (value === '' && cliTexts.emptySecret) ||
    (others.length > 0 && cliTexts.severalLines) ||
    (/\p{Cc}/u.test(value) && cliTexts.notText) ||
    // `echo SECRET | …` of Windows' cmd.exe leaves one at the end.
    (value !== value.trim() && cliTexts.spaces) ||
    (Buffer.byteLength(value) > maxSecretBytes && cliTexts.secretTooLong(maxSecretBytes))
  if (wrong !== false) throw new CommandFault(1, [wrong])
  return value
}
