import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type JournalEvent } from '../journal/kinds.ts'
import { isActive, type Operator } from '../operators/operator.ts'
import {
  admissionOf,
  admitted,
  ended,
  freshSession,
  heldIn,
  heldSessions,
  isOver,
  locked,
  millisecondsLeft,
  nobody,
  withOperator,
  withoutPsc,
  type EndReason,
  type Evidence,
  type HeldSession,
  type LockReason,
  type SessionState,
} from './session.ts'

/** The banner that offers to identify again comes this long before the end. */
const endingSoonMs = 10 * 60_000
/** The clocks are compared at least this often: the wall clock may be set meanwhile. */
const longestSleepMs = 30_000

export type OperatorSession = {
  readonly state: () => SessionState
  /** The connected operator, or null when there is none or the session is locked. */
  readonly connected: () => HeldSession | null
  readonly endingSoon: () => boolean
  /** What is to be journalled before `admit` is called with the same operator. */
  readonly admissionEvents: (operator: Operator, evidence: Evidence, reference: string) => JournalEvent[]
  /** Lets an identified operator in. The rows of `admissionEvents` must be on the disk. */
  readonly admit: (operator: Operator, evidence: Evidence) => void
  /** Takes effect at once, whatever the database says. */
  readonly lock: (reason: LockReason) => void
  /** Takes effect at once, whatever the database says. */
  readonly end: (reason: EndReason) => void
  /** Ends every session held here, suspended ones too. Takes effect at once, whatever the database says. */
  readonly endAll: (reason: EndReason) => void
  /** The connected operator stays, without Pro Santé Connect. Takes effect at once, whatever the database says. */
  readonly leavePsc: (by: 'operator' | 'setting') => void
  /**
   * An operator has been changed: their sessions here bear their names and role from now on. All of them end at once when
   * the operator may no longer work, or when somebody gave them another password, whatever the database says.
   */
  readonly operatorChanged: (operator: Operator, effect: 'changed' | 'password-reset') => void
  /** Compares the clocks now: on resume from sleep. */
  readonly check: () => void
  /** Calls `listener` after each change. */
  readonly onChange: (listener: (cause: ChangeCause) => void) => void
}

/**
 * The session in front has just ended by itself (`expired`), because its operator's last day is over (`inactive`), or
 * because somebody suspended them or gave them another password (`withdrawn`).
 */
export type ChangeCause = 'changed' | 'expired' | 'inactive' | 'withdrawn'

/** The operator session of this workstation, its clock and its journal rows. */
export function createOperatorSession({
  clock,
  journal,
  maxHours,
}: {
  clock: Clock
  journal: Pick<Journal, 'appendEventually'>
  /** Of the sessions opened from now on. */
  maxHours: () => number
}): OperatorSession {
  let state = nobody
  let timer: NodeJS.Timeout | undefined
  let wasEndingSoon = false
  let prepared: HeldSession | null = null
  const listeners: ((cause: ChangeCause) => void)[] = []

  const left = (held: HeldSession): number => millisecondsLeft(held, clock.now(), clock.monotonic())
  const fresh = (operator: Operator, evidence: Evidence): HeldSession =>
    freshSession(operator, evidence, maxHours(), clock.now(), clock.monotonic())
  const over = (held: HeldSession): boolean => isOver(held, clock.now(), clock.monotonic())
  const endingSoon = (): boolean => {
    const held = heldIn(state.session)
    return held !== null && left(held) <= Math.min(endingSoonMs, (maxHours() * 3_600_000) / 2)
  }

  const move = (next: SessionState, cause: ChangeCause = 'changed'): void => {
    state = next
    wasEndingSoon = endingSoon()
    arm()
    for (const listener of listeners) listener(cause)
  }

  const arm = (): void => {
    clearTimeout(timer)
    const held = heldSessions(state)
    if (held.length === 0) return
    const next = Math.min(...held.map((session) => left(session)))
    const soon = Math.min(endingSoonMs, (maxHours() * 3_600_000) / 2)
    timer = setTimeout(check, Math.min(next > soon ? next - soon : next, longestSleepMs) + 5)
  }

  const check = (): void => {
    const expired = state.suspended.filter((held) => over(held))
    for (const held of expired) journal.appendEventually(endedRow(held, 'expired'))
    const suspended = state.suspended.filter((held) => !expired.includes(held))
    const front = heldIn(state.session)
    const active = front !== null && isActive(front.operator, clock.now())
    if (front !== null && (over(front) || !active)) {
      journal.appendEventually(endedRow(front, 'expired'))
      return move({ ...ended(state), suspended }, active ? 'expired' : 'inactive')
    }
    if (expired.length > 0 || endingSoon() !== wasEndingSoon) return move({ ...state, suspended })
    arm()
  }

  return {
    state: () => state,
    connected: () => (state.session.kind === 'connected' ? state.session.held : null),
    endingSoon,
    admissionEvents: (operator, evidence, reference) => {
      prepared = fresh(operator, evidence)
      const next = admitted(state, prepared)
      const held = heldIn(next.session)
      const context = {
        operator: referenceOf(operator),
        means: evidence.kind,
        reference,
        outcome: 'done',
      } as const
      const details = { until: held?.until.toISOString() ?? '' }
      const admission = admissionOf(state, operator)
      const coming: JournalEvent =
        admission === 'unlocked' && evidence.kind === 'password'
          ? { kind: 'session.unlocked', ...context, details: {} }
          : { kind: `session.${admission}`, ...context, details }
      const front = heldIn(state.session)
      if (front === null || front.operator.id === operator.id) return [coming]
      const leaving: JournalEvent = {
        kind: 'session.suspended',
        outcome: 'done',
        operator: referenceOf(front.operator),
        details: {},
      }
      return [leaving, coming]
    },
    admit: (operator, evidence) => {
      // What the journal says of its end is what holds.
      const held = prepared?.operator === operator ? prepared : fresh(operator, evidence)
      prepared = null
      move(admitted(state, held))
    },
    lock: (reason) => {
      const held = heldIn(state.session)
      const next = locked(state, reason)
      if (next === state || held === null) return
      journal.appendEventually({
        kind: 'session.locked',
        outcome: 'done',
        operator: referenceOf(held.operator),
        details: { reason },
      })
      move(next)
    },
    end: (reason) => {
      const held = heldIn(state.session)
      if (held === null) return
      journal.appendEventually(endedRow(held, reason))
      move(ended(state))
    },
    endAll: (reason) => {
      const held = heldSessions(state)
      if (held.length === 0) return
      for (const session of held) journal.appendEventually(endedRow(session, reason))
      move(nobody)
    },
    leavePsc: (by) => {
      const held = heldIn(state.session)
      // What is automatic is local only (product §3.6).
      const next = withoutPsc(state, by === 'setting')
      if (next === state || held === null) return
      journal.appendEventually({
        kind: 'session.psc-left',
        outcome: 'done',
        operator: referenceOf(held.operator),
        means: 'psc',
        details: { by },
      })
      move(next)
    },
    operatorChanged: (operator, effect) => {
      const front = heldIn(state.session)
      const theirs = heldSessions(state).filter((held) => held.operator.id === operator.id)
      if (theirs.length === 0) return
      if (effect === 'changed' && isActive(operator, clock.now())) return move(withOperator(state, operator))
      const reason = effect === 'changed' ? 'suspended' : effect
      for (const held of theirs) journal.appendEventually(endedRow(held, reason))
      const suspended = state.suspended.filter((held) => !theirs.includes(held))
      if (front !== null && theirs.includes(front)) move({ ...ended(state), suspended }, 'withdrawn')
      else move({ ...state, suspended })
    },
    check,
    onChange: (listener) => listeners.push(listener),
  }
}

function endedRow(held: HeldSession, reason: EndReason): JournalEvent {
  return {
    kind: 'session.ended',
    outcome: 'done',
    operator: referenceOf(held.operator),
    means: held.means.kind === 'password' ? 'password' : 'psc',
    details: { reason },
  }
}
