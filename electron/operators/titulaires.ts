import { endOfLastDay, isActive, localDay, type Operator } from './operator.ts'

/**
 * Whether a change of the titulaires, from `before` to `after`, leaves a day without any, from `now` on, on which there
 * would have been one: the last active titulaire can be neither suspended nor demoted, and leaves once another is there.
 */
export function leavesDayWithoutTitulaire(
  before: readonly Operator[],
  after: readonly Operator[],
  now: Date,
): boolean {
  // Whether somebody is there changes on these days only.
  const days = [...before, ...after].flatMap((operator) =>
    [startOf(operator.firstDay), endOfLastDay(operator)].filter((day) => day !== null),
  )
  const today = localDay(now)
  return [now, ...days.filter((day) => localDay(day) > today)].some(
    (day) => hasTitulaire(before, day) && !hasTitulaire(after, day),
  )
}

function hasTitulaire(team: readonly Operator[], day: Date): boolean {
  return team.some((operator) => operator.role === 'titulaire' && isActive(operator, day))
}

function startOf(day: string | null): Date | null {
  return day === null ? null : new Date(`${day}T00:00`)
}
