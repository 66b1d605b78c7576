import { userInfo } from 'node:os'
import { maxSecretBytes, secretNames, type SecretName } from '../../native/keychain/secrets.ts'
import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import { argumentsOf } from './arguments.ts'
import { authorised, authorityFor, type Authority } from './authority.ts'
import { withRecords } from './database.ts'
import { CommandFault } from './fault.ts'
import { linesOf } from './lines.ts'
import type { CommandCall } from './perform.ts'

/** `secret list` */
export async function listSecrets({
  words,
  usage,
  tools: { terminal, keychain },
}: CommandCall): Promise<number> {
  argumentsOf(words, { usage, count: 0, options: {} })
  const present = await keychain.names()
  for (const name of secretNames) terminal.say(cliTexts.secret(name, present.includes(name)))
  return 0
}

/** `secret set NAME`, from standard input. */
export async function setSecret(call: CommandCall): Promise<number> {
  if (call.words.length > 1) throw new CommandFault(64, [cliTexts.secretInArguments])
  const { terminal, keychain } = call.tools
  const name = nameIn(call)
  const lines = linesOf(terminal, cliTexts.pipeSecret(name, process.platform))
  const authority = await authorityFor(call.program, () => lines, cliTexts.titulaireThenSecret)
  const value = secretIn(lines)
  // Before anybody is asked for anything: a keychain that does not answer is known at once.
  await keychain.read(name)
  await journalled(call, authority, { kind: 'secret.set', name }, () => keychain.write(name, value))
  terminal.say(cliTexts.secretSet(name, userInfo().username))
  return 0
}

/** `secret delete NAME` */
export async function deleteSecret(call: CommandCall): Promise<number> {
  const { terminal, keychain } = call.tools
  const name = nameIn(call)
  const osAccount = userInfo().username
  if ((await keychain.read(name)) === null) throw new CommandFault(1, [cliTexts.noSecret(name, osAccount)])
  const authority = await authorityFor(
    call.program,
    () => linesOf(terminal, cliTexts.titulaire),
    cliTexts.titulaire,
  )
  await journalled(call, authority, { kind: 'secret.deleted', name }, async () => {
    await keychain.remove(name)
  })
  terminal.say(cliTexts.secretDeleted(name, osAccount))
  return 0
}

/**
 * Changes the keychain, and journals it: the row is committed once `act` has resolved, and only then. What `act` did
 * stays without a row when that commit fails, or when `act` rejects over what is done later all the same. In development
 * the database is not even opened.
 */
async function journalled(
  { program }: CommandCall,
  authority: Authority,
  { kind, name }: { kind: 'secret.set' | 'secret.deleted'; name: SecretName },
  act: () => Promise<void>,
): Promise<void> {
  if (authority.kind === 'nobody') return act()
  await withRecords(
    program,
    (records) =>
      authorised(records, authority, async (trx, { osAccount, authorisedBy }, reference) => {
        const details = { name, osAccount, authorisedBy }
        await records.journal.appendIn(trx, { kind, outcome: 'done', reference, details })
        await act()
      }),
    // An installer may set the secrets before Comptoir has ever been started.
    { existing: false },
  )
}

/** What was typed is not told again: it may be a secret. */
function nameIn({ words, usage }: CommandCall): SecretName {
  const { positionals } = argumentsOf(words, { usage, count: 1, options: {} })
  const name = secretNames.find((known) => known === positionals[0])
  if (name === undefined) throw new CommandFault(64, [cliTexts.unknownSecret(secretNames)])
  return name
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
