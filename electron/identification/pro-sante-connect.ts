import type { Clock } from '../clock.ts'
import { Refusal, type ErrorCode, type RefusalParameters } from '../ipc/result.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type JournalEvent, type PscDetails, type RefusalReason } from '../journal/kinds.ts'
import { displayName, type Operator } from '../operators/operator.ts'
import type { OperatorRepository } from '../operators/repository.ts'
import type { Rpps } from '../operators/national-id.ts'
import type { Authentication } from '../psc/authentication.ts'
import type { PscFailure, PscFailureReason } from '../psc/failure.ts'
import type { PscFlow, PscTrace } from '../psc/trace.ts'
import type { Evidence, PscCredential } from '../session/session.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { notAwaited, succeededRow, type Expectation, type Proof, type Refused } from './identification.ts'
import type { ThrottleRepository } from './throttle-repository.ts'

/**
 * One try by Pro Santé Connect, from the press of its button to its end: whatever is told or journalled of it bears its
 * reference.
 */
export type PscTry = { readonly reference: string; readonly flow: PscFlow; readonly module: string | null }

/** What Pro Santé Connect has asserted in the try of this reference. */
export type Asserted = Authentication & { readonly reference: string }

/** What becomes of somebody whom Pro Santé Connect has identified with an RPPS. */
export type Judgement =
  | { readonly kind: 'admitted'; readonly operator: Operator }
  /** « Mot de passe oublié ? »: they may choose another. */
  | { readonly kind: 'new-password'; readonly operator: Operator }
  /** « Est-ce bien vous ? »; `operator`: null when nobody has this RPPS. */
  | { readonly kind: 'confirm'; readonly operator: Operator | null }
  | { readonly kind: 'associate' }
  /** « Je n'ai pas de code opérateur »: nobody has this RPPS. */
  | { readonly kind: 'newcomer' }

/** What somebody is identified for. `newcomer`: to become an operator, where none has their RPPS. */
export type Goal = 'session' | 'new-password' | 'newcomer'

export type PscIdentification = {
  /**
   * Judges an authentication, and lets its operator in when nothing is to be asked: then all of it is on the disk.
   * `began`: when the attempt began, on the monotonic clock in milliseconds. Rejects with a `Refusal` that the journal
   * has, or with `StorageError`: then nobody comes in.
   */
  readonly judge: (
    asserted: Asserted,
    began: number,
    expectation: Expectation,
    goal: Goal,
  ) => Promise<Judgement>
  /** Lets in the operator of an authentication that is not fresh, whose card is in the reader. */
  readonly admitByCard: (asserted: Asserted, expectation: Expectation) => Promise<Operator>
  /** Gives the operator of a fresh authentication another password, and lets them in. */
  readonly admitWithPassword: (
    asserted: Asserted,
    passwordHash: string,
    expectation: Expectation,
  ) => Promise<Operator>
  /** Journals that Pro Santé Connect identified nobody; returns what is told. */
  readonly failed: (failure: PscFailure, tried: PscTry) => Refusal
  /** Journals that nobody has the RPPS yet. */
  readonly unknown: (asserted: Asserted, module: string | null) => void
  /** Journals « Non, ce n'est pas moi ». */
  readonly denied: (asserted: Asserted, operator: Operator | null, module: string | null) => void
}

type Parts = {
  storage: Storage
  clock: Clock
  operators: OperatorRepository
  throttle: ThrottleRepository
  journal: Journal
  admissionEvents: (operator: Operator, evidence: Evidence, reference: string) => JournalEvent[]
  /** The trace of a try that has learnt nothing yet. */
  newTrace: (flow: PscFlow) => PscTrace
}

/** How long PSC's own session lasts at the most, in milliseconds (ANS, 4 h). */
const pscSessionMs = 4 * 3_600_000
/** `iat` and `auth_time` are whole seconds. */
const roundingSeconds = 1

/** Identification by Pro Santé Connect: whose RPPS it is, and whether it is really them who are here. */
export function createPscIdentification(parts: Parts): PscIdentification {
  const { storage, clock, operators, throttle, journal, admissionEvents, newTrace } = parts

  const refuseAs = async (
    asserted: Asserted,
    operator: Operator | null,
    { reason, refusal }: Refused,
    { module }: Expectation,
  ): Promise<never> => {
    await journal.append(refusedRow(asserted, operator, reason, module))
    throw refusal(asserted.reference)
  }
  const refuse = (
    asserted: Asserted,
    expectation: Expectation,
    operator: Operator | null,
    reason: RefusalReason,
    code: ErrorCode,
    parameters: RefusalParameters = {},
  ): Promise<never> => {
    const refusal = (reference: string): Refusal => new Refusal(code, reference, parameters)
    return refuseAs(asserted, operator, { reason, refusal }, expectation)
  }

  const admit = async (
    asserted: Asserted,
    rpps: Rpps,
    expectation: Expectation,
    confirmedBy: 'freshness' | 'card',
    alsoIn: (trx: Transaction, operator: Operator) => Promise<void> = nothingMore,
  ): Promise<Operator> => {
    const { reference } = asserted
    const proof = proofOf(asserted, confirmedBy)
    const { operator, refused } = await storage.write(async (trx) => {
      const operator = await operators.byRppsIn(trx, rpps)
      const refused = operator === null ? null : notAwaited(operator, expectation, clock.now())
      if (operator === null || refused !== null) {
        const reason = refused?.reason ?? 'unknown-rpps'
        await journal.appendIn(trx, refusedRow(asserted, operator, reason, expectation.module))
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
    judge: async (asserted, began, expectation, goal) => {
      const { identity, age, returnedAt } = asserted
      const { rpps } = identity
      const expected = expectation.operator
      if (rpps === null) {
        const detail = identity.nationalId.kind === 'other' ? identity.nationalId.value : ''
        return refuse(asserted, expectation, null, 'without-rpps', 'psc-without-rpps', { detail })
      }
      if (endOfPsc(asserted) <= clock.monotonic())
        return refuse(asserted, expectation, null, 'too-old', 'psc-too-old')
      const operator = await operators.byRpps(rpps)
      if ((expectation.rpps?.digits ?? rpps.digits) !== rpps.digits) {
        return refuse(asserted, expectation, operator, 'other-rpps', 'psc-other-rpps')
      }
      if (expected !== null && (operator === null ? expected.rpps !== null : expected.id !== operator.id)) {
        const parameters = { operator: displayName(expected) }
        return refuse(asserted, expectation, operator, 'other-rpps', 'psc-other-rpps', parameters)
      }
      const refused = operator === null ? null : notAwaited(operator, expectation, clock.now())
      if (operator !== null && refused !== null) return refuseAs(asserted, operator, refused, expectation)
      const fresh = isFresh(age, returnedAt - began)
      if (goal === 'new-password') {
        if (operator === null) {
          const parameters = { detail: rpps.digits }
          return refuse(asserted, expectation, null, 'unknown-rpps', 'rpps-unknown', parameters)
        }
        if (!fresh) return refuse(asserted, expectation, operator, 'not-fresh', 'psc-not-fresh')
        return { kind: 'new-password', operator }
      }
      if (operator === null && goal === 'newcomer') {
        return fresh
          ? { kind: 'newcomer' }
          : refuse(asserted, expectation, null, 'not-fresh', 'psc-not-fresh')
      }
      if (!fresh) return { kind: 'confirm', operator }
      if (operator === null) return { kind: 'associate' }
      const admitted = await admit(asserted, rpps, expectation, 'freshness')
      return { kind: 'admitted', operator: admitted }
    },

    admitByCard: async (asserted, expectation) => {
      const { rpps } = asserted.identity
      if (rpps === null) return refuse(asserted, expectation, null, 'without-rpps', 'psc-without-rpps')
      return admit(asserted, rpps, expectation, 'card')
    },

    admitWithPassword: async (asserted, passwordHash, expectation) => {
      const { rpps } = asserted.identity
      if (rpps === null) return refuse(asserted, expectation, null, 'without-rpps', 'psc-without-rpps')
      return admit(asserted, rpps, expectation, 'freshness', async (trx, operator) => {
        await operators.setPasswordHash(trx, operator.id, passwordHash)
        await journal.appendIn(trx, {
          kind: 'operator.password-changed',
          outcome: 'done',
          operator: referenceOf(operator),
          means: 'psc',
          reference: asserted.reference,
          details: { by: 'forgotten' },
        })
      })
    },

    failed: ({ reason, detail, trace }, { reference, flow, module }) => {
      journal.appendEventually({
        kind: 'identification.failed',
        outcome: 'failed',
        means: 'psc',
        module,
        reference,
        details: { ...(trace ?? newTrace(flow)), reason, detail },
      })
      return new Refusal(codes[reason], reference, { detail })
    },

    unknown: (asserted, module) =>
      journal.appendEventually(refusedRow(asserted, null, 'unknown-rpps', module)),

    denied: ({ reference, trace }, operator, module) =>
      journal.appendEventually({
        kind: 'identification.denied',
        outcome: 'refused',
        operator: operator === null ? null : referenceOf(operator),
        means: 'psc',
        module,
        reference,
        details: trace,
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
  asserted: Asserted,
  confirmedBy: PscDetails['confirmedBy'],
): Proof & { evidence: { kind: 'psc' } } {
  const { trace, reference } = asserted
  return {
    evidence: {
      kind: 'psc',
      credential: credentials.get(trace.authMode) ?? 'unknown',
      inBrowser: trace.flow === 'code',
      acr: trace.acr,
      acrFrom: trace.acrFrom,
      endsAt: endOfPsc(asserted),
    },
    details: { ...trace, confirmedBy },
    reference,
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
  { reference, trace }: Asserted,
  operator: Operator | null,
  reason: RefusalReason,
  module: string | null,
): JournalEvent {
  return {
    kind: 'identification.refused',
    outcome: 'refused',
    operator: operator === null ? null : referenceOf(operator),
    means: 'psc',
    module,
    reference,
    details: { ...trace, reason },
  }
}

const codes: Readonly<Record<PscFailureReason, ErrorCode>> = {
  unreachable: 'psc-unavailable',
  untrusted: 'psc-untrusted',
  clock: 'psc-clock',
  credential: 'psc-credential',
  'other-issuer': 'psc-misconfigured',
  'ports-taken': 'psc-ports-taken',
  'browser-not-opened': 'psc-browser-not-opened',
  'time-out': 'psc-timeout',
  'phone-time-out': 'psc-phone-timeout',
  'unknown-user': 'psc-unknown-user',
  cancelled: 'psc-abandoned',
  expired: 'psc-expired',
  abandoned: 'psc-abandoned',
  internal: 'internal',
  'provider-error': 'psc-error',
  'invalid-response': 'psc-invalid',
  'level-too-low': 'psc-level-too-low',
  'no-identifier': 'psc-no-identifier',
}
