import type { Rpps } from './national-id.ts'
import type { GivenRight } from './rights.ts'

/** The roles of an officine's team, most entitled first (product glossary). */
export const roles = [
  'titulaire',
  'adjoint',
  'remplacant',
  'preparateur',
  'etudiant',
  'apprenti',
  'autre',
] as const
export type Role = (typeof roles)[number]

/** A member of the team. `code` is stored in upper case; dates are calendar days in the workstation's zone. */
export type Operator = {
  readonly id: string
  readonly code: string
  readonly firstName: string
  readonly lastName: string
  readonly role: Role
  readonly rpps: Rpps | null
  readonly suspended: boolean
  /** First and last day of presence, `YYYY-MM-DD`, both included; null is open. */
  readonly firstDay: string | null
  readonly lastDay: string | null
  /** What a titulaire gave them, besides what their role has. */
  readonly rights: readonly GivenRight[]
}

/** An operator code: 1 to 6 letters or digits, case-insensitive. Returns its stored form, or null. */
export function parseOperatorCode(text: string): string | null {
  const code = normaliseTypedCode(text)
  return /^[A-Z0-9]{1,6}$/u.test(code) ? code : null
}

const longestName = 80

/** A first or last name as it is stored: one space between words; null for none, or one that is no name. */
export function parseName(text: string): string | null {
  const name = text.trim().replaceAll(/\s+/gu, ' ').normalize('NFC')
  return name === '' || name.length > longestName || /[\p{Cc}\p{Cf}]/u.test(name) ? null : name
}

/** The form under which a code is compared and its failures are counted, whether it exists or not. */
export function normaliseTypedCode(text: string): string {
  return text.trim().toUpperCase()
}

/** « PRÉNOM NOM », as cards and Pro Santé Connect write them. */
export function displayName(operator: Pick<Operator, 'firstName' | 'lastName'>): string {
  return `${operator.firstName} ${operator.lastName}`.trim().toLocaleUpperCase('fr')
}

/** Whether the operator's role is one of `reserved`, where something is reserved to some roles. */
export function hasRole(operator: Operator, reserved: readonly Role[] | undefined): boolean {
  return reserved === undefined || reserved.includes(operator.role)
}

/** Whether the operator may work at `now`: not suspended, and within the dates given. */
export function isActive(operator: Operator, now: Date): boolean {
  return !operator.suspended && isDayOf(operator, localDay(now))
}

/** Whether a day (`YYYY-MM-DD`) is within the operator's dates. */
export function isDayOf({ firstDay, lastDay }: Pick<Operator, 'firstDay' | 'lastDay'>, day: string): boolean {
  return (firstDay === null || firstDay <= day) && (lastDay === null || day <= lastDay)
}

/** The instant at which the operator's last day is over, or null when it has none. */
export function endOfLastDay(operator: Operator): Date | null {
  if (operator.lastDay === null) return null
  const [year, month, day] = operator.lastDay.split('-').map(Number)
  return new Date(year ?? 0, (month ?? 1) - 1, (day ?? 1) + 1)
}

/** The calendar day of `now` in the workstation's zone: `YYYY-MM-DD`. */
export function localDay(now: Date): string {
  const month = String(now.getMonth() + 1).padStart(2, '0')
  return `${now.getFullYear()}-${month}-${String(now.getDate()).padStart(2, '0')}`
}
