/**
 * How failed identifications slow down the next ones. Pure rules; who is counted (a typed code, existing or not, and
 * the workstation) and where the counters are kept is told elsewhere.
 */

/** A wait under way. Times are instants in milliseconds, on the throttle's own time (throttle-time.ts). */
export type Wait = { readonly until: number; readonly seconds: number }

/** What is remembered of a typed code. */
export type CodeState = {
  /** Failures since the last success. */
  readonly consecutive: number
  readonly wait: Wait | null
  readonly blockedAt: number | null
}

export type ThrottleState = {
  readonly code: CodeState
  /** The workstation's own wait, whoever tries. */
  readonly workstation: Wait | null
}

/** The failures counted in the sliding windows, the present one included. */
export type RecentFailures = {
  /** Of this code in 24 h. */
  readonly codeInDay: number
  /** Of the workstation in 10 min. */
  readonly workstationInTenMinutes: number
}

export type Verdict =
  | { readonly kind: 'free' }
  /** `seconds`: how long is left, rounded up. */
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'blocked' }

export const untouched: CodeState = { consecutive: 0, wait: null, blockedAt: null }

export const dayMs = 24 * 3600 * 1000
export const tenMinutesMs = 10 * 60 * 1000

const failuresBeforeWait = 5
const failuresBeforeBlock = 10
const failuresInDayBeforeBlock = 25
const failuresOfWorkstationBeforeWait = 20
/** « Over one minute », doubled at each further failure. */
const firstWaitSeconds = 61
const workstationStepSeconds = 30

/** Whether an attempt may be made at `now`. One made during a wait or a block is refused without being counted. */
export function verdict(state: ThrottleState, now: number): Verdict {
  if (state.code.blockedAt !== null) return { kind: 'blocked' }
  const seconds = Math.max(secondsLeft(state.code.wait, now), secondsLeft(state.workstation, now))
  return seconds > 0 ? { kind: 'wait', seconds } : { kind: 'free' }
}

/** The state after an attempt that failed at `now`. */
export function afterFailure(state: ThrottleState, recent: RecentFailures, now: number): ThrottleState {
  return {
    code: codeAfterFailure(state.code, recent.codeInDay, now),
    workstation: waitOf(workstationWaitSeconds(recent.workstationInTenMinutes), now) ?? state.workstation,
  }
}

/** The state after an attempt that succeeded: the sliding windows and the workstation's wait remain. */
export function afterSuccess(state: ThrottleState): ThrottleState {
  return { ...state, code: untouched }
}

function codeAfterFailure(code: CodeState, inDay: number, now: number): CodeState {
  const consecutive = code.consecutive + 1
  const blocked = consecutive >= failuresBeforeBlock || inDay >= failuresInDayBeforeBlock
  return {
    consecutive,
    wait: waitOf(codeWaitSeconds(consecutive), now),
    blockedAt: code.blockedAt ?? (blocked ? now : null),
  }
}

function codeWaitSeconds(consecutive: number): number {
  return consecutive < failuresBeforeWait ? 0 : firstWaitSeconds * 2 ** (consecutive - failuresBeforeWait)
}

function workstationWaitSeconds(failures: number): number {
  return Math.max(0, failures - failuresOfWorkstationBeforeWait + 1) * workstationStepSeconds
}

function waitOf(seconds: number, now: number): Wait | null {
  return seconds === 0 ? null : { until: now + seconds * 1000, seconds }
}

function secondsLeft(wait: Wait | null, now: number): number {
  if (wait === null) return 0
  return Math.min(wait.seconds, Math.max(0, Math.ceil((wait.until - now) / 1000)))
}
