import type { Clock } from '../clock.ts'
import type { OperatorSession } from './operator-session.ts'
import type { HeldSession } from './session.ts'

/** How long the question waits before Comptoir is locked (product §2.7). */
export const graceSeconds = 20
/** The system is asked at least this often: the settings may change meanwhile, and a timer does not run in sleep. */
const longestLookMs = 30_000
/** While the question is shown, or another one comes first. */
const closeLookMs = 1000
/** A system that has always answered « now », this many looks in a row, does not know. */
const looksBeforeDoubt = 20

/** « Rester connecté ? », asked of a connected operator when nobody has touched anything for long. */
export type IdleQuestion = {
  readonly id: number
  readonly held: HeldSession
  /** After how many minutes it is asked. */
  readonly minutes: number
  /** When it locks by itself, on the monotonic clock in milliseconds. */
  readonly deadline: number
}

export type Idle = {
  readonly question: () => IdleQuestion | null
  /** `leave`: Escape, or the window closed, which lock too. A question that is no longer the one shown changes nothing. */
  readonly answer: (answer: 'stay' | 'lock' | 'leave', id?: number) => void
  /** The session in front has changed. */
  readonly sessionChanged: () => void
  /** Somebody has just done something here that the system may not count as input: a card was pulled. */
  readonly touched: () => void
  /** Asks the system now: on its return from sleep or from its own lock. */
  readonly look: () => void
}

type Parts = {
  clock: Pick<Clock, 'monotonic'>
  /** Milliseconds since the last input anywhere on this computer. May throw. */
  idleMs: () => number
  /** `session.idleLockMinutes`, as it is now. */
  minutes: () => number
  session: Pick<OperatorSession, 'connected'>
  /** Another question counts down, or somebody is identifying elsewhere than here: both end by themselves. */
  waits: () => boolean
  /** Somebody is busy with the question itself. */
  attended: () => boolean
  lock: () => void
  /** The system does not tell when it was last touched: said once, and nothing locks by mistake. */
  unknown: () => void
  /** Called when there is a question to show, and when it is no longer. */
  changed: () => void
}

/**
 * Locks the session of an operator whom nobody has seen for `session.idleLockMinutes`, after a grace of 20 s in which any
 * input to the computer means that somebody is there. Nothing of it is journalled but the lock: when people touched their
 * keyboard is nobody's business (product §7).
 */
export function createIdle(parts: Parts): Idle {
  const { clock, session } = parts
  let question: IdleQuestion | null = null
  let timer: NodeJS.Timeout | undefined
  let lastId = 0
  /** When somebody was last known to be here otherwise than by the system, on the monotonic clock. */
  let seenAt = 0
  /** Whose session this is, and since which identification. */
  let followed: string | null = null
  let knows: 'maybe' | 'yes' | 'no' = 'maybe'
  let doubts = 0

  const doubt = (): void => {
    if (knows !== 'maybe') return
    knows = 'no'
    parts.unknown()
  }

  /** Since when nobody is here, in milliseconds; 0 where nobody can tell. */
  const idle = (): number => {
    const told = toldBy(parts.idleMs)
    if (told === null) {
      doubt()
      return 0
    }
    if (told > 0) knows = 'yes'
    else if (knows === 'maybe' && ++doubts >= looksBeforeDoubt) doubt()
    return Math.min(told, clock.monotonic() - seenAt)
  }

  const arm = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(look, ms)
  }

  const show = (next: IdleQuestion | null): void => {
    question = next
    parts.changed()
  }

  /** Somebody is here: counts anew from now. */
  const seen = (): void => {
    seenAt = clock.monotonic()
    if (question !== null) show(null)
    arm(Math.min(parts.minutes() * 60_000, longestLookMs))
  }

  const lock = (): void => {
    show(null)
    parts.lock()
  }

  /** Whoever heads for « Verrouiller » touches the mouse too: the question stays while they are busy with it. */
  const lookAgain = ({ minutes, deadline }: IdleQuestion): void => {
    const here = idle() < minutes * 60_000
    const left = deadline - clock.monotonic()
    if (here && (left <= 0 || !parts.attended())) seen()
    else if (left <= 0) lock()
    else arm(Math.min(closeLookMs, left))
  }

  const look = (): void => {
    clearTimeout(timer)
    const held = session.connected()
    if (held === null) return
    if (question !== null) return lookAgain(question)
    const minutes = parts.minutes()
    const left = minutes * 60_000 - idle()
    if (left > 0) return arm(Math.min(left, longestLookMs))
    arm(closeLookMs)
    if (parts.waits()) return
    show({ id: ++lastId, held, minutes, deadline: clock.monotonic() + graceSeconds * 1000 })
  }

  return {
    question: () => question,
    answer: (given, id = question?.id) => {
      if (question === null || question.id !== id) return
      if (given === 'stay') seen()
      else lock()
    },
    sessionChanged: () => {
      const held = session.connected()
      // Identifying again gives another end; being renamed does not.
      const next = held === null ? null : `${held.operator.id} ${held.untilMonotonic}`
      if (next === followed) return
      followed = next
      seen()
    },
    touched: seen,
    look,
  }
}

function toldBy(idleMs: () => number): number | null {
  try {
    const told = idleMs()
    return Number.isFinite(told) && told >= 0 ? told : null
  } catch {
    return null
  }
}
