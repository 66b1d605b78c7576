import type { PscTrace } from './trace.ts'

/** Why Pro Santé Connect identified nobody. */
export type PscFailureReason =
  /** An endpoint was not reached, was too slow, cut its answer, failed, or answered with a page. */
  | 'unreachable'
  /** TLS did not prove who answers: unknown authority, other name, certificate that is not valid now. */
  | 'untrusted'
  /** A moment does not fit, and this workstation's clock is wrong: `detail` says by how many minutes, ahead positive. */
  | 'clock'
  /** The provider does not take this workstation for the client it says it is. */
  | 'credential'
  /** The discovery is not that of the pinned issuer, or has no usable endpoint. */
  | 'other-issuer'
  /** Every registered port belongs to another program. */
  | 'ports-taken'
  | 'browser-not-opened'
  | 'time-out'
  /** Nobody validated on the phone or with the card in time. */
  | 'phone-time-out'
  /** PSC does not know who is to be asked, or not by this means. */
  | 'unknown-user'
  /** In Comptoir, while the browser was out. */
  | 'cancelled'
  /** The person was identified, and did not go on in time. */
  | 'expired'
  /** The person refused, or left, in the browser. */
  | 'abandoned'
  /** An OAuth error other than that. */
  | 'provider-error'
  /** An answer that fails a check: signature, nonce, audience, times, subject, size, form. */
  | 'invalid-response'
  /** Comptoir itself could not go on: its database, or a fault of its own. */
  | 'internal'
  | 'level-too-low'
  | 'no-identifier'

export type PscFailure = {
  readonly kind: 'failed'
  readonly reason: PscFailureReason
  /** One word for the technical log and the telephone: an error code, a claim. Never an answer's content. */
  readonly detail: string
  /** What the provider had said before that; absent where it had said nothing. */
  readonly trace?: PscTrace
}

/** A failure, its detail kept to one harmless word whoever wrote it. */
export function failed(reason: PscFailureReason, detail = ''): PscFailure {
  return { kind: 'failed', reason, detail: detail.replaceAll(/[^\w.:, -]/gu, '').slice(0, 60) }
}
