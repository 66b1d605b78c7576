import { setTimeout as later } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Attempt } from '../identification/attempt.ts'
import { expectedOperator, notAllowed, takesPassword, type Purpose } from '../identification/purpose.ts'
import type { RecentOperator } from '../ipc/views.ts'
import { isActive, type Operator } from '../operators/operator.ts'
import type { RecentOperators } from '../operators/recent.ts'
import { shortName } from '../operators/short-name.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import { heldIn } from '../session/session.ts'

/** The recent operators of this workstation, kept at hand: showing them asks nothing of the database. */
export type RecentList = {
  /**
   * Whom to offer for this purpose, the last one first: nobody where one person is awaited, nor whom it would refuse,
   * nor who is being left.
   */
  readonly offered: (purpose: Purpose) => RecentOperator[]
  /** Reads them again behind an attempt that begins or has ended: somebody came in, or was suspended meanwhile. */
  readonly follow: (attempt: Attempt) => void
  readonly refresh: () => Promise<void>
}

type Parts = {
  recent: RecentOperators
  /** `identification.showRecentOperators`. */
  shown: () => boolean
  clock: Pick<Clock, 'now'>
  session: Pick<OperatorSession, 'state'>
  /** They are no longer the same. */
  changed: () => void
}

export const mostOffered = 6
/** What is shown comes first: the window, or the launcher. */
const afterMs = 200

export function createRecentList({ recent, shown, clock, session, changed }: Parts): RecentList {
  let known: readonly Operator[] = []
  let followed: number | null = null

  const refresh = async (): Promise<void> => {
    // What the database does not say now, it says next time.
    const read = await recent.read().catch(() => known)
    const differs = JSON.stringify(read) !== JSON.stringify(known)
    known = read
    if (differs) changed()
  }

  return {
    offered: (purpose) => {
      if (!shown() || expectedOperator(purpose) !== null || !takesPassword(purpose)) return []
      const left = heldIn(session.state().session)?.operator.id
      return known
        .filter((operator) => operator.id !== left && isActive(operator, clock.now()))
        .filter((operator) => notAllowed(purpose, operator) === null)
        .slice(0, mostOffered)
        .map((operator) => ({ code: operator.code, name: shortName(operator) }))
    },
    follow: (attempt) => {
      const id = attempt.kind === 'none' ? null : attempt.id
      if (id === followed) return
      followed = id
      void later(afterMs, undefined, { ref: false }).then(refresh)
    },
    refresh,
  }
}
