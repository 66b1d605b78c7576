import type { Clock } from '../clock.ts'
import type { ThrottleRepository } from '../identification/throttle-repository.ts'
import type { Foreseen, OperatorRow, OperatorSheet } from '../ipc/operator-views.ts'
import { Refusal } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import { foreseenOf, horizons, rolesWithRpps } from './foreseen.ts'
import { displayName, localDay, type Operator } from './operator.ts'
import { presenceOf } from './presence.ts'
import type { Member, OperatorRepository } from './repository.ts'
import { mayChange } from './rights.ts'
import type { TeamSearch } from './team-queries.ts'
import { leavesDayWithoutTitulaire } from './titulaires.ts'

/** The team as « Opérateurs » shows it. Every method rejects with `StorageError` or the `Refusal` it names. */
export type Team = {
  /** At most `limit` of those found, the exact code first, then by last name; `total`: how many are found. */
  readonly list: (asked: TeamSearch) => Promise<{ total: number; operators: OperatorRow[] }>
  /** Everything of one operator, as `reader` may change them; refused as `operator-unknown` when there is none. */
  readonly sheet: (id: string, reader: Operator) => Promise<OperatorSheet>
  /** « À prévoir », most urgent first. */
  readonly foreseen: () => Promise<Foreseen[]>
  /** Today in the workstation's zone: `YYYY-MM-DD`. */
  readonly today: () => string
}

export type TeamParts = {
  readonly operators: OperatorRepository
  readonly throttle: Pick<ThrottleRepository, 'blockedAmong'>
  readonly clock: Clock
}

const loginsShown = 10

export function createTeam({ operators, throttle, clock }: TeamParts): Team {
  const today = (): string => localDay(clock.now())

  const rowsOf = async (members: readonly Member[]): Promise<OperatorRow[]> => {
    const blocked = await throttle.blockedAmong(members.map(({ operator }) => operator.code))
    return members.map((member) => rowOf(member, today(), blocked.has(member.operator.code)))
  }

  return {
    today,
    list: async (asked) => {
      const { total, members } = await operators.search(asked)
      return { total, operators: await rowsOf(members) }
    },
    sheet: async (id, reader) => {
      const member = await operators.memberById(id)
      if (member === null) throw new Refusal('operator-unknown', newReference())
      const { operator } = member
      const blocked = await throttle.blockedAmong([operator.code])
      const titulaires = await operators.titulaires()
      const others = titulaires.filter((titulaire) => titulaire.id !== id)
      return {
        ...rowOf(member, today(), blocked.size > 0),
        firstName: operator.firstName,
        lastName: operator.lastName,
        firstDay: operator.firstDay,
        lastDay: operator.lastDay,
        rights: [...operator.rights],
        createdAt: member.createdAt,
        departedAt: member.departedAt,
        cardUntil: member.cardUntil,
        changedAt: member.changedAt,
        logins: await operators.lastLogins(id, loginsShown),
        reservedToTitulaires: !mayChange(reader, operator),
        lastTitulaire: leavesDayWithoutTitulaire(titulaires, others, clock.now()),
      }
    },
    foreseen: async () => {
      const now = clock.now()
      const members = await operators.toForesee({ roles: rolesWithRpps, ...horizons(now) })
      const found = foreseenOf(members, now)
      const rows = await rowsOf(found.map(({ member }) => member))
      return found.flatMap((item, index) => {
        const operator = rows[index]
        if (operator === undefined) return []
        return item.kind === 'without-rpps'
          ? { kind: item.kind, operator }
          : { kind: item.kind, operator, day: item.day }
      })
    },
  }
}

function rowOf(member: Member, today: string, blocked: boolean): OperatorRow {
  const { operator } = member
  return {
    id: operator.id,
    code: operator.code,
    name: displayName(operator),
    role: operator.role,
    rpps: operator.rpps?.digits ?? null,
    presence: presenceOf(member, today),
    blocked,
    provisional: member.provisional,
  }
}
