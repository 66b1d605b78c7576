import { assertNever } from '../assert-never.ts'
import { endOfLastDay, type Operator } from '../operators/operator.ts'
import type { EndReason, LockReason } from '../journal/kinds.ts'

/** What identified somebody. */
export type Evidence =
  | { readonly kind: 'password' }
  | {
      readonly kind: 'psc'
      readonly credential: PscCredential
      /** Whether PSC's own session is in the browser too: the authorization code flow leaves it there, CIBA does not. */
      readonly inBrowser: boolean
      /** The level reached, by the provider's word. */
      readonly acr: string | null
      /** Whose word that is: a broker's own level is not what a module with `access: psc` asks for. */
      readonly acrFrom: 'psc' | 'broker'
      /** When PSC's own session ends at the latest, on the monotonic clock in milliseconds. */
      readonly endsAt: number
    }
/** What the person used with PSC; `unknown` where it does not say, or says something else. */
export type PscCredential = 'card' | 'e-cps' | 'unknown'

/**
 * The means of a session. `psc-left`: Pro Santé Connect was left since, and its level with it; `inBrowser`: only here,
 * not in the browser.
 */
export type SessionMeans = Evidence | { readonly kind: 'psc-left'; readonly inBrowser: boolean }

/** A session that an operator opened here, whether it is in front, locked or suspended. */
export type HeldSession = {
  readonly operator: Operator
  readonly means: SessionMeans
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

/** Every session held here, the one in front first. */
export function heldSessions({ session, suspended }: SessionState): HeldSession[] {
  return session.kind === 'none' ? [...suspended] : [session.held, ...suspended]
}

/** How `operator` would come in now. */
export function admissionOf({ session, suspended }: SessionState, operator: Operator): Admission {
  const held = heldIn(session)
  if (held?.operator.id === operator.id) return session.kind === 'locked' ? 'unlocked' : 'renewed'
  return suspended.some((other) => other.operator.id === operator.id) ? 'resumed' : 'connected'
}

/**
 * The state once `fresh`, the session that this identification is worth, has come in. Unlocking and resuming by a
 * password keep the end and the level that the session already had; whoever was in front is suspended.
 */
export function admitted(state: SessionState, fresh: HeldSession): SessionState {
  const admission = admissionOf(state, fresh.operator)
  const front = heldIn(state.session)
  const others = state.suspended.filter((held) => held.operator.id !== fresh.operator.id)
  switch (admission) {
    case 'renewed':
      return {
        ...state,
        session: { kind: 'connected', held: renewed(front, fresh) },
      }
    case 'unlocked':
      return { ...state, session: { kind: 'connected', held: returned(front, fresh) } }
    case 'resumed':
    case 'connected': {
      const former = state.suspended.find((held) => held.operator.id === fresh.operator.id) ?? null
      return {
        session: { kind: 'connected', held: returned(former, fresh) },
        suspended: front === null ? others : [...others, front],
      }
    }
    default:
      return assertNever(admission)
  }
}

function returned(former: HeldSession | null, fresh: HeldSession): HeldSession {
  if (former === null || fresh.means.kind === 'psc') return renewed(former, fresh)
  return ofOperator(former, fresh.operator)
}

/** A session of an operator as they now are: Pro Santé Connect answered for the RPPS that they had, and for no other. */
function ofOperator(held: HeldSession, operator: Operator): HeldSession {
  const { means } = held
  if (means.kind !== 'psc' || held.operator.rpps?.digits === operator.rpps?.digits)
    return { ...held, operator }
  return { ...held, operator, means: { kind: 'psc-left', inBrowser: means.inBrowser } }
}

/** What a browser was given does not leave it because its operator has come in again without it. */
function renewed(former: HeldSession | null, fresh: HeldSession): HeldSession {
  if (former === null) return fresh
  const { means } = fresh
  if (means.kind !== 'psc') return { ...fresh, since: former.since }
  const inBrowser = means.inBrowser || holdsBrowser(former)
  return { ...fresh, since: former.since, means: { ...means, inBrowser } }
}

/** Whether its operator was identified by Pro Santé Connect, or by a broker of it, and has not left it since. */
export function isByPsc(held: HeldSession | null): boolean {
  return held?.means.kind === 'psc'
}

/** Whether a session has what a module with `access: psc` asks for: a level that is PSC's own word. */
export function hasPscLevel(held: HeldSession | null): boolean {
  return held?.means.kind === 'psc' && held.means.acrFrom === 'psc'
}

/** Whether this session's « Déconnecter » ends Pro Santé Connect too. */
export function holdsPsc(held: HeldSession | null): boolean {
  return isByPsc(held) || holdsBrowser(held)
}

/** Whether it ends Pro Santé Connect in the browser. */
export function holdsBrowser(held: HeldSession | null): boolean {
  return held !== null && held.means.kind !== 'password' && held.means.inBrowser
}

/**
 * The session in front once Pro Santé Connect has been left: its operator stays, at the level of a password.
 * `staysThere`: a session that the browser has goes on in it.
 */
export function withoutPsc(state: SessionState, staysThere: boolean): SessionState {
  if (state.session.kind === 'none' || !isByPsc(state.session.held)) return state
  const inBrowser = staysThere && holdsBrowser(state.session.held)
  const held: HeldSession = { ...state.session.held, means: { kind: 'psc-left', inBrowser } }
  return { ...state, session: { ...state.session, held } }
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

/**
 * The same sessions, with an operator as they now are: a last day that is new ends theirs earlier, never later; another
 * RPPS, or none, takes the level of Pro Santé Connect from it.
 */
export function withOperator({ session, suspended }: SessionState, operator: Operator): SessionState {
  const renamed = (held: HeldSession): HeldSession =>
    held.operator.id === operator.id ? endingBy(ofOperator(held, operator), endOfLastDay(operator)) : held
  return {
    session: session.kind === 'none' ? session : { ...session, held: renamed(session.held) },
    suspended: suspended.map(renamed),
  }
}

function endingBy(held: HeldSession, end: Date | null): HeldSession {
  if (end === null || held.until <= end) return held
  const earlier = held.until.getTime() - end.getTime()
  return { ...held, until: end, untilMonotonic: held.untilMonotonic - earlier }
}

/** Whether a session is over, by either clock. */
export function isOver(held: HeldSession, now: Date, monotonic: number): boolean {
  return now >= held.until || monotonic >= held.untilMonotonic
}

/** Milliseconds before a session ends, by the clock that comes first. */
export function millisecondsLeft(held: HeldSession, now: Date, monotonic: number): number {
  return Math.max(0, Math.min(held.until.getTime() - now.getTime(), held.untilMonotonic - monotonic))
}

/**
 * The session that an identification is worth now: `maxHours`, or less when the operator's last day or PSC's own
 * session ends before.
 */
export function freshSession(
  operator: Operator,
  evidence: Evidence,
  maxHours: number,
  now: Date,
  monotonic: number,
): HeldSession {
  const lastDay = endOfLastDay(operator)
  const ends = [now.getTime() + maxHours * 3_600_000]
  if (lastDay !== null) ends.push(lastDay.getTime())
  if (evidence.kind === 'psc') ends.push(now.getTime() + evidence.endsAt - monotonic)
  const until = new Date(Math.min(...ends))
  return {
    operator,
    means: evidence,
    since: now,
    until,
    untilMonotonic: monotonic + (until.getTime() - now.getTime()),
  }
}

export type { EndReason, LockReason }
