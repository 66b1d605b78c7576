import { assertNever } from '../assert-never.ts'
import { Refusal } from '../ipc/result.ts'
import type { OpenModule } from '../modules/open-modules.ts'
import { displayName, hasRole, type Operator, type Role } from '../operators/operator.ts'
import { hasRight } from '../operators/rights.ts'
import type { Module } from '../modules/module.ts'
import type { Refused } from './identification.ts'

/** What an identification is for. */
export type Purpose =
  | { readonly kind: 'connect' | 'switch' }
  /** `unlock`: by Pro Santé Connect, from the lock itself. */
  | { readonly kind: 'renew' | 'unlock'; readonly operator: Operator }
  | { readonly kind: 'open-module'; readonly module: Module }
  /** The connected operator is asked for Pro Santé Connect, and stays who is connected. */
  | { readonly kind: 'step-up'; readonly module: Module; readonly operator: Operator }
  | { readonly kind: 'resume-module'; readonly open: OpenModule; readonly operator: Operator }

/** The only operator that a purpose awaits, when it awaits one. */
export function expectedOperator(purpose: Purpose): Operator | null {
  switch (purpose.kind) {
    case 'connect':
    case 'switch':
    case 'open-module':
      return null
    case 'renew':
    case 'unlock':
    case 'step-up':
    case 'resume-module':
      return purpose.operator
    default:
      return assertNever(purpose)
  }
}

/** The module that a purpose leads to, when there is one. */
export function moduleOf(purpose: Purpose): Module | null {
  switch (purpose.kind) {
    case 'connect':
    case 'switch':
    case 'renew':
    case 'unlock':
      return null
    case 'open-module':
    case 'step-up':
      return purpose.module
    case 'resume-module':
      return purpose.open.module
    default:
      return assertNever(purpose)
  }
}

/** The roles that a purpose asks for, when it asks for some. */
export function rolesOf(purpose: Purpose): readonly Role[] {
  return purpose.kind === 'open-module' ? (purpose.module.roles ?? []) : []
}

/** Whether a code and its password are enough for a purpose. */
export function takesPassword(purpose: Purpose): boolean {
  switch (purpose.kind) {
    case 'step-up':
      return false
    case 'open-module':
      return purpose.module.access !== 'psc'
    case 'resume-module':
      return purpose.open.module.access !== 'psc'
    case 'connect':
    case 'switch':
    case 'renew':
    case 'unlock':
      return true
    default:
      return assertNever(purpose)
  }
}

/** Why an operator who is identified may not do what the purpose is, or null. */
export function notAllowed(purpose: Purpose, operator: Operator): Refused | null {
  const module = moduleOf(purpose)
  if (module === null) return null
  const { roles, right, label } = module
  if (hasRole(operator, roles) && (right === undefined || hasRight(operator, right))) return null
  const parameters = { module: label, operator: displayName(operator) }
  // Comptoir's own pages are nobody's by role alone.
  const code = right === undefined ? 'role-not-allowed' : 'right-needed'
  return { reason: 'role', refusal: (reference) => new Refusal(code, reference, parameters) }
}
