import type { Clock } from '../clock.ts'
import { Refusal, type ErrorCode, type RefusalParameters } from '../ipc/result.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type JournalEvent, type PscDetails, type RefusalReason } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import { displayName, type Operator } from '../operators/operator.ts'
import type { OperatorRepository } from '../operators/repository.ts'
import type { Rpps } from '../operators/national-id.ts'
import type { Authentication } from '../psc/client.ts'
import type { PscFailure, PscFailureReason } from '../psc/failure.ts'
import type { Evidence, PscCredential } from '../session/session.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { notAwaited, succeededRow, type Expectation, type Proof, type Refused } from './identification.ts'
import type { ThrottleRepository } from './throttle-repository.ts'

/** What becomes of somebody whom Pro Santé Connect has identified with an RPPS. */
export type Judgement =
  | { readonly kind: 'admitted'; readonly operator: Operator }
  /** « Mot de passe oublié ? »: they may choose another. */
  | { readonly kind: 'new-password'; readonly operator: Operator }
  /** « Est-ce bien vous ? »; `operator`: null when nobody has this RPPS. */
  | { readonly kind: 'confirm'; readonly operator: Operator | null }
  | { readonly kind: 'associate' }

export type PscIdentification = {
  /**
   * Judges an authentication, and lets its operator in when nothing is to be asked: then all of it is on the disk.
   * `began`: when the attempt began, on the monotonic clock in milliseconds. Rejects with a `Refusal` that the journal
   * has, or with `StorageError`: then nobody comes in.
   */
  readonly judge: (
    authentication: Authentication,
    began: number,
    expectation: Expectation,
    goal: 'session' | 'new-password',
  ) => Promise<Judgement>
  /** Lets in the operator of an authentication that is not fresh, whose card is in the reader. */
  readonly admitByCard: (authentication: Authentication, expectation: Expectation) => Promise<Operator>
  /** Gives the operator of a fresh authentication another password, and lets them in. */
  readonly admitWithPassword: (
    authentication: Authentication,
    passwordHash: string,
    expectation: Expectation,
  ) => Promise<Operator>
  /** Journals that Pro Santé Connect identified nobody; returns what is told. */
  readonly failed: (failure: PscFailure, module: string | null) => Refusal
  /** Journals that nobody has the RPPS yet; returns the reference told with it. */
  readonly unknown: (module: string | null) => string
  /** Journals « Non, ce n'est pas moi ». */
  readonly denied: (operator: Operator | null, module: string | null) => void
}

type Parts = {
  storage: Storage
  clock: Clock
  operators: OperatorRepository
  throttle: ThrottleRepository
  journal: Journal
  admissionEvents: (operator: Operator, evidence: Evidence, reference: string) => JournalEvent[]
}

/** How long PSC's own session lasts at the most, in milliseconds (ANS, 4 h). */
const pscSessionMs = 4 * 3_600_000
/** `iat` and `auth_time` are whole seconds. */
const roundingSeconds = 1

/** Identification by Pro Santé Connect: whose RPPS it is, and whether it is really them who are here. */
export function createPscIdentification(parts: Parts): PscIdentification {
  const { storage, clock, operators, throttle, journal, admissionEvents } = parts

  const refuseAs = async (
    operator: Operator | null,
    { reason, refusal }: Refused,
    { module }: Expectation,
  ): Promise<never> => {
    const reference = newReference()
    await journal.append(refusedRow(operator, reason, module, reference))
    throw refusal(reference)
  }
  const refuse = (
    expectation: Expectation,
    operator: Operator | null,
    reason: RefusalReason,
    code: ErrorCode,
    parameters: RefusalParameters = {},
  ): Promise<never> => {
    const refusal = (reference: string): Refusal => new Refusal(code, reference, parameters)
    return refuseAs(operator, { reason, refusal }, expectation)
  }

  const admit = async (
    authentication: Authentication,
    rpps: Rpps,
    expectation: Expectation,
    confirmedBy: 'freshness' | 'card',
    alsoIn: (trx: Transaction, operator: Operator) => Promise<void> = nothingMore,
  ): Promise<Operator> => {
    const reference = newReference()
    const proof = proofOf(authentication, confirmedBy)
    const { operator, refused } = await storage.write(async (trx) => {
      const operator = await operators.byRppsIn(trx, rpps)
      const refused = operator === null ? null : notAwaited(operator, expectation, clock.now())
      if (operator === null || refused !== null) {
        const reason = refused?.reason ?? 'unknown-rpps'
        await journal.appendIn(trx, refusedRow(operator, reason, expectation.module, reference))
        return { operator, refused }
      }
      // A fresh login by PSC lifts the block of a code (product §3.1).
      if (confirmedBy === 'freshness' && (await throttle.unblock(trx, operator.code))) {
        await journal.appendIn(trx, {
          kind: 'operator.unblocked',
          outcome: 'done',
          operator: referenceOf(operator),
          means: 'psc',
          reference,
          details: { by: 'psc' },
        })
      }
      await alsoIn(trx, operator)
      await journal.appendIn(trx, succeededRow(operator, proof, expectation.module, reference))
      for (const row of admissionEvents(operator, proof.evidence, reference)) await journal.appendIn(trx, row)
      return { operator, refused }
    })
    if (operator === null) throw new Refusal('rpps-unknown', reference, { detail: rpps.digits })
    if (refused !== null) throw refused.refusal(reference)
    return operator
  }

  return {
    judge: async (authentication, began, expectation, goal) => {
      const { identity, age } = authentication
      const { rpps } = identity
      const expected = expectation.operator
      if (rpps === null) {
        const detail = identity.nationalId.kind === 'other' ? identity.nationalId.value : ''
        return refuse(expectation, null, 'without-rpps', 'psc-without-rpps', { detail })
      }
      if (endOfPsc(authentication) <= clock.monotonic())
        return refuse(expectation, null, 'too-old', 'psc-too-old')
      const operator = await operators.byRpps(rpps)
      if (expected !== null && (operator === null ? expected.rpps !== null : expected.id !== operator.id)) {
        const parameters = { operator: displayName(expected) }
        return refuse(expectation, operator, 'other-rpps', 'psc-other-rpps', parameters)
      }
      const refused = operator === null ? null : notAwaited(operator, expectation, clock.now())
      if (operator !== null && refused !== null) return refuseAs(operator, refused, expectation)
      const fresh = isFresh(age, authentication.returnedAt - began)
      if (goal === 'new-password') {
        if (operator === null) {
          return refuse(expectation, null, 'unknown-rpps', 'rpps-unknown', { detail: rpps.digits })
        }
        if (!fresh) return refuse(expectation, operator, 'not-fresh', 'psc-not-fresh')
        return { kind: 'new-password', operator }
      }
      if (!fresh) return { kind: 'confirm', operator }
      if (operator === null) return { kind: 'associate' }
      const admitted = await admit(authentication, rpps, expectation, 'freshness')
      return { kind: 'admitted', operator: admitted }
    },

    admitByCard: async (authentication, expectation) => {
      const { rpps } = authentication.identity
      if (rpps === null) return refuse(expectation, null, 'without-rpps', 'psc-without-rpps')
      return admit(authentication, rpps, expectation, 'card')
    },

    admitWithPassword: async (authentication, passwordHash, expectation) => {
      const { rpps } = authentication.identity
      if (rpps === null) return refuse(expectation, null, 'without-rpps', 'psc-without-rpps')
      return admit(authentication, rpps, expectation, 'freshness', async (trx, operator) => {
        await operators.setPasswordHash(trx, operator.id, passwordHash)
        await journal.appendIn(trx, {
          kind: 'operator.password-changed',
          outcome: 'done',
          operator: referenceOf(operator),
          means: 'psc',
          details: { by: 'forgotten' },
        })
      })
    },

    failed: ({ reason, detail }, module) => {
      const reference = newReference()
      journal.appendEventually({
        kind: 'identification.failed',
        outcome: 'failed',
        means: 'psc',
        module,
        reference,
        details: { reason, detail },
      })
      return new Refusal(codes[reason], reference, { detail })
    },

    unknown: (module) => {
      const reference = newReference()
      journal.appendEventually(refusedRow(null, 'unknown-rpps', module, reference))
      return reference
    },

    denied: (operator, module) =>
      journal.appendEventually({
        kind: 'identification.denied',
        outcome: 'refused',
        operator: operator === null ? null : referenceOf(operator),
        means: 'psc',
        module,
        details: {},
      }),
  }
}

/**
 * Whether the person was identified within the attempt, and not before it (product §3.3): by the provider's clock for
 * the one, by this workstation's monotonic clock for the other. `elapsed` in milliseconds.
 */
export function isFresh(age: number | null, elapsed: number): boolean {
  return age !== null && age <= elapsed / 1000 + roundingSeconds
}

/** What an authentication proves, `confirmedBy` what besides it. */
export function proofOf(
  authentication: Authentication,
  confirmedBy: PscDetails['confirmedBy'],
): Proof & { evidence: { kind: 'psc' } } {
  const { acr, identity } = authentication
  return {
    evidence: {
      kind: 'psc',
      credential: credentials.get(identity.authMode) ?? 'unknown',
      acr,
      endsAt: endOfPsc(authentication),
    },
    details: { acr, authMode: identity.authMode, confirmedBy },
  }
}

function nothingMore(): Promise<void> {
  return Promise.resolve()
}

const credentials = new Map<string | null, PscCredential>([
  ['CARD', 'card'],
  ['MOBILE', 'e-cps'],
])

/** By PSC's own time of authentication, or from now where it is not known. On the monotonic clock, in milliseconds. */
function endOfPsc({ age, returnedAt }: Authentication): number {
  return returnedAt - (age ?? 0) * 1000 + pscSessionMs
}

function refusedRow(
  operator: Operator | null,
  reason: RefusalReason,
  module: string | null,
  reference: string,
): JournalEvent {
  return {
    kind: 'identification.refused',
    outcome: 'refused',
    operator: operator === null ? null : referenceOf(operator),
    means: 'psc',
    module,
    reference,
    details: { reason },
  }
}

const codes: Readonly<Record<PscFailureReason, ErrorCode>> = {
  unreachable: 'psc-unavailable',
  'other-issuer': 'psc-misconfigured',
  'ports-taken': 'psc-ports-taken',
  'browser-not-opened': 'psc-browser-not-opened',
  'time-out': 'psc-timeout',
  cancelled: 'psc-abandoned',
  expired: 'psc-expired',
  abandoned: 'psc-abandoned',
  'provider-error': 'psc-error',
  'invalid-response': 'psc-invalid',
  'level-too-low': 'psc-level-too-low',
  'no-identifier': 'psc-no-identifier',
}
