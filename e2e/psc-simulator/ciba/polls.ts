import { errors } from 'oidc-provider'
import type { IdentityId } from '../identities.ts'

/** How CIBA goes wrong at the provider. */
export type CibaFault =
  /** Whoever was asked, the tokens are of this one. */
  | { readonly kind: 'another-person'; readonly identity: IdentityId }
  /** Pending for ever, whatever the phone says and beyond the expiry. */
  | { readonly kind: 'never-answers' }
  /** Expired at the first poll, long before the moment announced. */
  | { readonly kind: 'expires-early' }
  /** Each request's first polls are all too quick. */
  | { readonly kind: 'slows-down'; readonly times: number }

/** A request as it has been polled. */
type Polled = { readonly at: number; readonly slowed: number }

/** Timers and networks are not exact to the millisecond. */
const toleranceMs = 50
/** By how much every `slow_down` lengthens the interval (CIBA Core §11). */
const slowerMs = 5000

export type Polls = {
  /**
   * Tells that a request is polled.
   * @throws {errors.OIDCProviderError} what the poll is answered with instead of what it would be
   */
  readonly note: (id: string, fault: CibaFault | null) => void
}

/** @param intervalMs between two polls of a request, at least; too early is answered `slow_down` */
export function createPolls(intervalMs: number): Polls {
  const known = new Map<string, Polled>()
  return {
    note: (id, fault) => {
      const last = known.get(id)
      const slowed = last?.slowed ?? 0
      const at = performance.now()
      const isForced = fault?.kind === 'slows-down' && slowed < fault.times
      const isEarly = last !== undefined && at - last.at < intervalMs + slowed * slowerMs - toleranceMs
      known.set(id, { at, slowed: slowed + (isForced || isEarly ? 1 : 0) })
      if (isForced || isEarly) throw new errors.SlowDown()
      if (fault?.kind === 'never-answers') throw new errors.AuthorizationPending()
      if (fault?.kind === 'expires-early') throw new errors.ExpiredToken()
    },
  }
}
