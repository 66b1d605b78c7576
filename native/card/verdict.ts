import type { ReaderStatus, TokenStatus } from './observation.ts'
import { ckr } from './pkcs11-error.ts'

/** What surrounds a reading that has failed. */
export type Circumstances = {
  /** What PC/SC says of the reader. */
  readonly status: ReaderStatus['kind']
  /** What was known of the card before it was asked for. */
  readonly before: TokenStatus['kind']
  /** Since this was first asked, in milliseconds. */
  readonly elapsed: number
  /** How many times running the same answer has come, this one included. */
  readonly repeated: number
}

/**
 * What a failed reading comes to. `again`: asked again at once, nothing is shown yet. `reinitialise`: only a library
 * initialised anew answers otherwise.
 */
export type Verdict = { readonly reinitialise: boolean } & (
  | { readonly kind: 'again' }
  | {
      readonly kind: 'settled'
      readonly token: 'none' | 'not-recognised' | 'busy' | 'unreadable' | 'failing'
    }
)

/** A transient answer is over well before (cryptolib-measured.md §5), also on a slow reader. In milliseconds. */
export const patienceMs = 1200

const again: Verdict = { kind: 'again', reinitialise: false }
const againAnew: Verdict = { kind: 'again', reinitialise: true }
const none: Verdict = { kind: 'settled', token: 'none', reinitialise: false }
const notRecognised: Verdict = { kind: 'settled', token: 'not-recognised', reinitialise: false }
const busy: Verdict = { kind: 'settled', token: 'busy', reinitialise: false }
const unreadable: Verdict = { kind: 'settled', token: 'unreadable', reinitialise: false }
const failing: Verdict = { kind: 'settled', token: 'failing', reinitialise: true }

/**
 * Tells a transient answer from a lasting one (cryptolib-measured.md §5). `code`: the call's return value; null for an
 * answer that is unusable.
 */
export function verdictOn(
  code: number | null,
  { status, before, elapsed, repeated }: Circumstances,
): Verdict {
  // What has failed for that long goes on failing until something else is said.
  const patient = elapsed < patienceMs && before !== 'failing' && before !== 'unreadable'
  // So does a mute card answer, and for one turn a card that has replaced another.
  if (code === ckr.tokenNotPresent) {
    if (status === 'present') return patient ? again : notRecognised
    return before === 'none' || repeated > 1 ? none : again
  }
  // So does, once, a card pulled while it is being read.
  if (code === ckr.tokenNotRecognized) {
    return before === 'not-recognised' || repeated > 1 ? notRecognised : again
  }
  // During a removal, or for as long as another program holds the card for itself.
  if (code === ckr.generalError) return patient && before !== 'busy' ? again : busy
  // The card is at fault, and no library initialised anew reads it.
  if (code === ckr.asipBadEfActua || code === null) return patient ? again : unreadable
  if (!patient) return failing
  return mendedAnew.has(code) ? againAnew : again
}

/** The library says itself that it has to be initialised again, or has lost PC/SC. */
const mendedAnew: ReadonlySet<number> = new Set([
  ckr.deviceError,
  ckr.asipReinitNeeded,
  ckr.cryptokiNotInitialized,
])
