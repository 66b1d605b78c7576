import type { Attempts } from '../identification/attempt.ts'
import {
  byPassword,
  cancelled,
  type PasswordIdentification,
  type Refused,
} from '../identification/identification.ts'
import type { OperatorSession } from '../session/operator-session.ts'

/** The ways back into a locked session, for its own operator. */
export type Unlocking = {
  /** Asks Pro Santé Connect, at once. */
  readonly unlockByPsc: () => void
  /** Rejects with a `Refusal` or `StorageError`: the session is then as it was. */
  readonly unlock: (password: string) => Promise<void>
}

type Parts = { session: OperatorSession; attempts: Attempts; identification: PasswordIdentification }

export function createUnlocking({ session, attempts, identification }: Parts): Unlocking {
  return {
    unlockByPsc: () => {
      session.check()
      const state = session.state().session
      if (state.kind !== 'locked') return
      attempts.begin({ kind: 'unlock', operator: state.held.operator })
      const begun = attempts.current()
      if (begun.kind === 'identifying') attempts.startPsc(begun.id)
    },
    unlock: async (password) => {
      session.check()
      const state = session.state().session
      if (state.kind !== 'locked') return
      const { operator } = state.held
      attempts.cancel()
      // « Changer d'opérateur » pressed meanwhile cancels it.
      const allows = (): Refused | null => (attempts.current().kind === 'none' ? null : cancelled)
      session.admit(
        await identification.identify(operator.code, password, { operator, allows, module: null }),
        byPassword.evidence,
      )
    },
  }
}
