import type { Attempts } from '../identification/attempt.ts'
import {
  byPassword,
  cancelled,
  type PasswordIdentification,
  type Refused,
} from '../identification/identification.ts'
import type { Purpose } from '../identification/purpose.ts'
import type { Operator } from '../operators/operator.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import type { LockReason } from '../session/session.ts'

/** The lock, and the ways back into a locked session, for its own operator. */
export type Unlocking = {
  /** Asks Pro Santé Connect, at once. */
  readonly unlockByPsc: () => void
  /** Rejects with a `Refusal` or `StorageError`: the session is then as it was. */
  readonly unlock: (password: string) => Promise<void>
  /** Locks at once, then gives up whatever is under way to let somebody in. */
  readonly lock: (reason: LockReason) => void
  /** Gives up whatever is under way to let somebody in: a password being verified, the browser, the telephone. */
  readonly giveUpComing: () => void
}

type Parts = {
  session: OperatorSession
  attempts: Pick<Attempts, 'current' | 'begin' | 'startPsc' | 'cancel'>
  identification: Pick<PasswordIdentification, 'identify'>
}

export function createUnlocking({ session, attempts, identification }: Parts): Unlocking {
  /** How often it was given up. */
  let givenUp = 0
  const giveUpComing = (): void => {
    givenUp += 1
    attempts.cancel()
  }
  // What was to renew or raise a session goes with it: the browser or the telephone may answer once its operator has gone.
  session.onChange((cause) => {
    const attempt = attempts.current()
    const kept = attempt.kind === 'none' ? null : keptOperator(attempt.purpose)
    // An end that came while they were typing is what they are putting off.
    if (cause === 'changed' && kept !== null && session.connected()?.operator.id !== kept.id)
      attempts.cancel()
  })
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
      const before = givenUp
      // « Changer d'opérateur » pressed meanwhile cancels it.
      const allows = (): Refused | null =>
        attempts.current().kind === 'none' && givenUp === before ? null : cancelled
      session.admit(
        await identification.identify(operator.code, password, { operator, allows, module: null }),
        byPassword.evidence,
      )
    },
    lock: (reason) => {
      session.lock(reason)
      giveUpComing()
    },
    giveUpComing,
  }
}

/** The operator who is to stay connected by an identification, when that is what it is for. */
function keptOperator(purpose: Purpose): Operator | null {
  return purpose.kind === 'renew' || purpose.kind === 'step-up' ? purpose.operator : null
}
