import { assertNever } from '../assert-never.ts'
import { endOfLastDay, type Operator } from '../operators/operator.ts'
import type { EndReason, LockReason, Means } from '../journal/kinds.ts'

/** A session that an operator opened here, whether it is in front, locked or suspended. */
export type HeldSession = {
  readonly operator: Operator
  readonly means: Means
  readonly since: Date
  /** Ends by itself then, on the wall clock. */
  readonly until: Date
  /** The same end on the monotonic clock, in milliseconds: setting the clock back does not lengthen a session. */
  readonly untilMonotonic: number
}

/** Who is connected on this workstation. */
export type Session =
  | { readonly kind: 'none' }
  | { readonly kind: 'connected'; readonly held: HeldSession }
  | { readonly kind: 'locked'; readonly held: HeldSession; readonly reason: LockReason }

export type SessionState = {
  readonly session: Session
  /** Sessions of operators who gave their place: each returns by its own password, until its end. */
  readonly suspended: readonly HeldSession[]
}

/** How an identified operator comes in. */
export type Admission = 'connected' | 'renewed' | 'unlocked' | 'resumed'

export const nobody: SessionState = { session: { kind: 'none' }, suspended: [] }

/** The session in front, connected or locked. */
export function heldIn(session: Session): HeldSession | null {
  return session.kind === 'none' ? null : session.held
}

/** How `operator` would come in now. */
export function admissionOf({ session, suspended }: SessionState, operator: Operator): Admission {
  const held = heldIn(session)
  if (held?.operator.id === operator.id) return session.kind === 'locked' ? 'unlocked' : 'renewed'
  return suspended.some((other) => other.operator.id === operator.id) ? 'resumed' : 'connected'
}

/**
 * The state once `fresh`, the session that this identification is worth, has come in. Unlocking and resuming keep
 * the end that the session already had; whoever was in front is suspended.
 */
export function admitted(state: SessionState, fresh: HeldSession): SessionState {
  const admission = admissionOf(state, fresh.operator)
  const front = heldIn(state.session)
  const others = state.suspended.filter((held) => held.operator.id !== fresh.operator.id)
  switch (admission) {
    case 'renewed':
      return {
        ...state,
        session: { kind: 'connected', held: { ...fresh, since: front?.since ?? fresh.since } },
      }
    case 'unlocked':
      return {
        ...state,
        session: { kind: 'connected', held: { ...(front ?? fresh), operator: fresh.operator } },
      }
    case 'resumed':
    case 'connected': {
      const former = state.suspended.find((held) => held.operator.id === fresh.operator.id) ?? fresh
      return {
        session: { kind: 'connected', held: { ...former, operator: fresh.operator } },
        suspended: front === null ? others : [...others, front],
      }
    }
    default:
      return assertNever(admission)
  }
}

/** Locks the connected session; anything else stays as it is. */
export function locked(state: SessionState, reason: LockReason): SessionState {
  if (state.session.kind !== 'connected') return state
  return { ...state, session: { kind: 'locked', held: state.session.held, reason } }
}

/** Ends the session in front. */
export function ended(state: SessionState): SessionState {
  return { ...state, session: { kind: 'none' } }
}

/** Whether a session is over, by either clock. */
export function isOver(held: HeldSession, now: Date, monotonic: number): boolean {
  return now >= held.until || monotonic >= held.untilMonotonic
}

/** Milliseconds before a session ends, by the clock that comes first. */
export function millisecondsLeft(held: HeldSession, now: Date, monotonic: number): number {
  return Math.max(0, Math.min(held.until.getTime() - now.getTime(), held.untilMonotonic - monotonic))
}

/** The session that a password given now is worth: `maxHours`, or less when the operator's last day ends before. */
export function freshSession(
  operator: Operator,
  maxHours: number,
  now: Date,
  monotonic: number,
): HeldSession {
  const lastDay = endOfLastDay(operator)
  const byHours = now.getTime() + maxHours * 3_600_000
  const until = new Date(lastDay === null ? byHours : Math.min(byHours, lastDay.getTime()))
  return {
    operator,
    means: 'password',
    since: now,
    until,
    untilMonotonic: monotonic + (until.getTime() - now.getTime()),
  }
}

export type { EndReason, LockReason }
