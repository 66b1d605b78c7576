import type { Presence } from '../ipc/operator-views.ts'
import type { Member } from './repository.ts'

/** Whether somebody may work on a day (`YYYY-MM-DD`), and if not, what keeps them from it. */
export function presenceOf({ operator, departedAt }: Member, day: string): Presence {
  if (departedAt !== null) return 'departed'
  if (operator.suspended) return 'suspended'
  if (operator.lastDay !== null && operator.lastDay < day) return 'over'
  if (operator.firstDay !== null && day < operator.firstDay) return 'not-yet'
  return 'active'
}
