import { assertNever } from '../assert-never.ts'
import { Refusal } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import { displayName, hasRole, type Operator } from '../operators/operator.ts'
import type { Role } from '../operators/operator.ts'
import type { OpenModule } from '../modules/open-modules.ts'
import type { ModuleSettings } from '../settings/schema.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import { cancelled, type PasswordIdentification, type Refused } from './identification.ts'

/** What an identification is for. */
export type Purpose =
  | { readonly kind: 'connect' | 'switch' }
  | { readonly kind: 'renew'; readonly operator: Operator }
  | { readonly kind: 'open-module'; readonly module: ModuleSettings }
  | { readonly kind: 'resume-module'; readonly open: OpenModule; readonly operator: Operator }

export type Attempt =
  { readonly kind: 'none' } | { readonly kind: 'identifying'; readonly id: number; readonly purpose: Purpose }

export type Attempts = {
  readonly current: () => Attempt
  /** Begins an attempt; one under way is replaced. */
  readonly begin: (purpose: Purpose) => void
  /** Rejects with a `Refusal` or `StorageError`: the session is then as it was. */
  readonly submit: (id: number, code: string, password: string) => Promise<void>
  readonly cancel: () => void
}

type Parts = {
  identification: PasswordIdentification
  session: OperatorSession
  changed: (attempt: Attempt) => void
  succeeded: (purpose: Purpose, operator: Operator) => void
}

/** The attempt to become the connected operator. It never touches the session unless it succeeds. */
export function createAttempts({ identification, session, changed, succeeded }: Parts): Attempts {
  let attempt: Attempt = { kind: 'none' }
  let lastId = 0

  const set = (next: Attempt): void => {
    attempt = next
    changed(next)
  }

  return {
    current: () => attempt,
    begin: (purpose) => set({ kind: 'identifying', id: ++lastId, purpose }),
    submit: async (id, code, password) => {
      // A session whose end has just come is neither unlocked nor resumed.
      session.check()
      const submitted = attempt
      if (submitted.kind !== 'identifying' || submitted.id !== id)
        throw new Refusal('attempt-over', newReference())
      const { purpose } = submitted
      const operator = await identification.identify(code, password, {
        operator: expectedOperator(purpose),
        module: moduleOf(purpose)?.id ?? null,
        allows: (candidate) => (attempt === submitted ? notAllowed(purpose, candidate) : cancelled),
      })
      session.admit(operator)
      if (attempt === submitted) set({ kind: 'none' })
      succeeded(purpose, operator)
    },
    cancel: () => {
      if (attempt.kind !== 'none') set({ kind: 'none' })
    },
  }
}

/** The only operator that a purpose awaits, when it awaits one. */
export function expectedOperator(purpose: Purpose): Operator | null {
  return purpose.kind === 'renew' || purpose.kind === 'resume-module' ? purpose.operator : null
}

/** The module that a purpose leads to, when there is one. */
export function moduleOf(purpose: Purpose): ModuleSettings | null {
  switch (purpose.kind) {
    case 'connect':
    case 'switch':
    case 'renew':
      return null
    case 'open-module':
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

function notAllowed(purpose: Purpose, operator: Operator): Refused | null {
  const module = moduleOf(purpose)
  if (module === null || hasRole(operator, module.roles)) return null
  const parameters = {
    module: module.label,
    operator: displayName(operator),
  }
  return { reason: 'role', refusal: (reference) => new Refusal('role-not-allowed', reference, parameters) }
}
