import { localDay, type Role } from './operator.ts'
import type { Member } from './repository.ts'
import { presenceOf } from './presence.ts'

/**
 * Who should have an RPPS: every pharmacist is on the Ordre's list and has one. Préparateurs have had one since 2023,
 * but work without Pro Santé Connect in most officines: a line that nobody acts on would hide the others.
 */
export const rolesWithRpps: readonly Role[] = ['titulaire', 'adjoint', 'remplacant']

const lastDayNoticeDays = 30
/** As the card's own pill says it. */
const cardNoticeDays = 60

export type ForeseenMember =
  | { readonly kind: 'without-rpps'; readonly member: Member }
  | { readonly kind: 'last-day'; readonly member: Member; readonly day: string }
  | { readonly kind: 'card'; readonly member: Member; readonly day: string }

/** Until which days it is foreseen, `YYYY-MM-DD`. */
export function horizons(now: Date): { lastDayBy: string; cardBy: string } {
  return { lastDayBy: dayAfter(now, lastDayNoticeDays), cardBy: dayAfter(now, cardNoticeDays) }
}

/**
 * « À prévoir »: what has a day first, the earliest first, then who has no RPPS, in the order given. Somebody whose last
 * day is past is listed until their departure is recorded, suspended or not: until then they keep their RPPS.
 */
export function foreseenOf(members: readonly Member[], now: Date): ForeseenMember[] {
  const today = localDay(now)
  const { lastDayBy, cardBy } = horizons(now)
  const dated: Extract<ForeseenMember, { day: string }>[] = []
  const undated: ForeseenMember[] = []
  for (const member of members) {
    const { operator, cardUntil } = member
    const presence = presenceOf(member, today)
    if (presence === 'departed') continue
    const { lastDay } = operator
    if (lastDay !== null && (lastDay < today || (!operator.suspended && lastDay <= lastDayBy))) {
      dated.push({ kind: 'last-day', member, day: lastDay })
    }
    if (presence !== 'active' && presence !== 'not-yet') continue
    if (cardUntil !== null && cardUntil <= cardBy) dated.push({ kind: 'card', member, day: cardUntil })
    if (operator.rpps === null && rolesWithRpps.includes(operator.role)) {
      undated.push({ kind: 'without-rpps', member })
    }
  }
  return [...dated.sort((one, other) => compare(one.day, other.day)), ...undated]
}

function dayAfter(now: Date, days: number): string {
  return localDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days))
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
