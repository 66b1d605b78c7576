import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import { systemClock as clock } from '../clock.ts'
import { hashPassword } from '../identification/password.ts'
import { createManagement, type Management } from '../operators/management.ts'
import { parseOperatorCode, type Operator } from '../operators/operator.ts'
import { newProvisionalPassword } from '../operators/provisional-password.ts'
import type { Records } from '../program/records.ts'
import type { Transaction } from '../storage/storage.ts'
import { argumentsOf } from './arguments.ts'
import { authorised, authorityFor, type CommandBy } from './authority.ts'
import { withRecords } from './database.ts'
import { CommandFault } from './fault.ts'
import { linesOf } from './lines.ts'
import type { CommandCall } from './perform.ts'

/** `operators unblock CODE` */
export async function unblockOperator(call: CommandCall): Promise<number> {
  let blocked = false
  const { code } = await change(call, async (team, { trx, by, reference, operator, throttle }) => {
    blocked = await throttle.isBlocked(trx, operator.code)
    return team.act(trx, by, operator.id, 'unblock', reference)
  })
  call.tools.terminal.say(blocked ? cliTexts.unblocked(code) : cliTexts.notBlocked(code))
  return 0
}

/** `operators reset-password CODE`: the provisional password is told once, alone on standard output. */
export async function resetPassword(call: CommandCall): Promise<number> {
  const password = newProvisionalPassword()
  const passwordHash = await hashPassword(password)
  await change(call, (team, { trx, by, reference, operator }) =>
    team.resetPassword(trx, by, operator.id, passwordHash, reference),
  )
  call.tools.terminal.say(password)
  return 0
}

type Asked = {
  readonly trx: Transaction
  readonly by: CommandBy
  readonly reference: string
  /** Who is to be changed. */
  readonly operator: Operator
  readonly throttle: Records['throttle']
}

/** Changes the operator whose code was typed, once that is authorised; resolves to them. */
async function change(
  { words, usage, program, tools: { terminal } }: CommandCall,
  work: (team: Management, asked: Asked) => Promise<Operator>,
): Promise<Operator> {
  const [typed = ''] = argumentsOf(words, { usage, count: 1, options: {} }).positionals
  const authority = await authorityFor(
    program,
    () => linesOf(terminal, cliTexts.titulaire),
    cliTexts.titulaire,
  )
  return withRecords(program, async (records) => {
    const team = createManagement({ ...records, clock, changed: () => undefined })
    const code = parseOperatorCode(typed)
    const operator = code === null ? null : await records.operators.byCode(code)
    // Told to those only who may know who is of the team.
    if (operator === null) {
      await authorised(records, authority)
      throw new CommandFault(1, [cliTexts.noOperator(typed)])
    }
    const { throttle } = records
    await authorised(records, authority, async (trx, by, reference) => {
      await work(team, { trx, by, reference, operator, throttle })
    })
    return operator
  })
}
