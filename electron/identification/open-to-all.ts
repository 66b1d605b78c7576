import type { Attempt, Step } from './attempt.ts'
import { expectedOperator, rolesOf, takesPassword } from './purpose.ts'

/**
 * Whether whoever comes to the workstation may go on with an attempt as it stands: it awaits nobody in particular, a code
 * is enough for it, and it has recognised nobody yet.
 */
export function isOpenToAll(attempt: Attempt): boolean {
  if (attempt.kind === 'none') return false
  const { purpose, step } = attempt
  const reserved = purpose.kind === 'open-module' && purpose.module.right !== undefined
  return (
    expectedOperator(purpose) === null &&
    takesPassword(purpose) &&
    rolesOf(purpose).length === 0 &&
    !reserved &&
    comesFirst.has(step.kind)
  )
}

/** Before anybody is recognised: the others show, or go on for, the person whom Pro Santé Connect or a password named. */
const comesFirst: ReadonlySet<Step['kind']> = new Set(['ask', 'browser', 'phone', 'checking', 'leaving'])
