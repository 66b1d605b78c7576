import { cliTexts } from '../../renderer/ui/texts/cli.ts'
import type { Member } from '../operators/repository.ts'
import { argumentsOf } from './arguments.ts'
import { authorised, authorityFor } from './authority.ts'
import { withRecords } from './database.ts'
import { linesOf } from './lines.ts'
import type { CommandCall } from './perform.ts'

/**
 * One operator as `operators list --json` tells it: the names of the columns that are imported. Programs read them: a
 * name that is here stays. Days are `YYYY-MM-DD`; there is no password, nor anything made of it.
 */
type ListedOperator = {
  readonly code: string
  readonly nom: string
  readonly prenom: string
  /** As in a list to import: `titulaire`, `preparateur`… */
  readonly role: string
  /** Eleven digits. */
  readonly rpps: string | null
  readonly du: string | null
  readonly au: string | null
  readonly suspendu: boolean
  /** After too many errors. */
  readonly bloque: boolean
  /** The password is to be changed at the next login. */
  readonly provisoire: boolean
}

/**
 * `operators list [--json]`: everybody but who departed, by last name; for a program, or in columns for somebody on the
 * telephone. It takes names and RPPS out of Comptoir, so it is authorised and journalled as an export.
 */
export async function listOperators({ words, usage, program, tools }: CommandCall): Promise<number> {
  const { terminal } = tools
  const { values } = argumentsOf(words, {
    usage,
    count: 0,
    options: { json: { type: 'boolean', default: false } },
  })
  const authority = await authorityFor(
    program,
    () => linesOf(terminal, cliTexts.titulaire),
    cliTexts.titulaire,
  )
  return withRecords(program, async (records) => {
    const members = await records.operators.all()
    const blocked = await records.throttle.blockedAmong(members.map(({ operator }) => operator.code))
    await authorised(records, authority, async (trx, by, reference) => {
      const details = { ...by, operators: members.length }
      await records.journal.appendIn(trx, { kind: 'operators.exported', outcome: 'done', reference, details })
    })
    const listed = members.map((member) => listedOf(member, blocked))
    const lines = values.json ? JSON.stringify(listed, null, 2).split('\n') : table(listed)
    for (const line of lines) terminal.say(line)
    return 0
  })
}

function listedOf({ operator, provisional }: Member, blocked: ReadonlySet<string>): ListedOperator {
  return {
    code: operator.code,
    nom: operator.lastName,
    prenom: operator.firstName,
    role: operator.role,
    rpps: operator.rpps?.digits ?? null,
    du: operator.firstDay,
    au: operator.lastDay,
    suspendu: operator.suspended,
    bloque: blocked.has(operator.code),
    provisoire: provisional,
  }
}

/** In columns, the last one being as long as it is. */
function table(operators: readonly ListedOperator[]): string[] {
  const { heads, state, listed } = cliTexts.team
  const rows = operators.map((operator) => [
    operator.code,
    operator.nom,
    operator.prenom,
    operator.role,
    operator.rpps ?? '-',
    state(operator),
  ])
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => Array.from(row[column] ?? '').length)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(heads), ...rows.map(line), listed(rows.length)]
}
