import { Refusal } from '../ipc/result.ts'
import type { Journal } from '../journal/journal.ts'
import type { JournalEvent, PscDetails, RefusalReason } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import { isActive, parseOperatorCode, type Operator } from '../operators/operator.ts'
import type { Rpps } from '../operators/national-id.ts'
import type { OperatorRepository } from '../operators/repository.ts'
import type { Evidence } from '../session/session.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { verifyAgainstNobody, verifyPassword } from './password.ts'
import { ProvisionalPassword } from './provisional-password.ts'
import type { ThrottleRepository } from './throttle-repository.ts'
import type { Verdict } from './throttle.ts'

/** What the attempt is for, as far as it limits who may come in. */
export type Expectation = {
  /** Only this operator is awaited. */
  readonly operator: Operator | null
  /** Refuses an operator whom the purpose does not allow, once they are identified. */
  readonly allows: (operator: Operator) => Refused | null
  readonly module: string | null
  /** Only this person was asked by Pro Santé Connect: another changes nothing. */
  readonly rpps?: Rpps | null
  /** A provisional password proves nothing, unless it is about to be changed. */
  readonly provisional?: 'accepted'
}
export type Refused = { readonly reason: RefusalReason; readonly refusal: (reference: string) => Refusal }

/** What identified somebody, with what the journal says of it. */
export type Proof = {
  readonly evidence: Evidence
  readonly details: PscDetails | Record<string, never>
  /** Of what the proof completes; null: of the identification itself. */
  readonly reference: string | null
}
export const byPassword: Proof = { evidence: { kind: 'password' }, details: {}, reference: null }

export type PasswordIdentification = {
  /**
   * Checks a code and its password, journals the outcome and the rows of the admission, then resolves to the operator:
   * all of it is on the disk. `proof`: what else identified them. Rejects with a `Refusal` (an unknown code and a wrong
   * password are the same one; the right one that is provisional, a `ProvisionalPassword`), or with `StorageError`: then
   * nobody comes in. Attempts run one after the other.
   */
  readonly identify: (
    code: string,
    password: string,
    expectation: Expectation,
    proof?: Proof,
  ) => Promise<Operator>
  /**
   * The same check for somebody who does not come in; `commit` runs in its transaction once the password is right.
   * What `commit` rejects with undoes it all.
   */
  readonly prove: (
    code: string,
    password: string,
    expectation: Expectation,
    commit?: (trx: Transaction, operator: Operator, reference: string) => Promise<void>,
  ) => Promise<Operator>
}

type Parts = {
  storage: Storage
  operators: OperatorRepository
  throttle: ThrottleRepository
  journal: Journal
  now: () => Date
  /** The rows to be written with a success, in the same transaction. */
  admissionEvents: (operator: Operator, evidence: Evidence, reference: string) => JournalEvent[]
  /** Does the work of a verification for a code that nobody has; a test may take its own. */
  verifyAgainstNobody?: (password: string) => Promise<false>
}

type Commit = (trx: Transaction, operator: Operator, reference: string) => Promise<void>

/** Identification by operator code and password. */
export function createPasswordIdentification(parts: Parts): PasswordIdentification {
  const { journal, admissionEvents } = parts
  let last: Promise<unknown> = Promise.resolve()
  // One at a time: attempts made together would all be verified before the first failure counts.
  const inTurn = (attempt: () => Promise<Operator>): Promise<Operator> => {
    const next = last.then(attempt)
    last = next.catch(() => undefined)
    return next
  }
  return {
    identify: (code, password, expectation, proof = byPassword) =>
      inTurn(() =>
        prove(parts, code, password, expectation, async (trx, operator, own) => {
          const reference = proof.reference ?? own
          await journal.appendIn(trx, succeededRow(operator, proof, expectation.module, reference))
          for (const row of admissionEvents(operator, proof.evidence, reference)) {
            await journal.appendIn(trx, row)
          }
        }),
      ),
    prove: (code, password, expectation, commit = nothingMore) =>
      inTurn(() => prove(parts, code, password, expectation, commit)),
  }
}

async function prove(
  parts: Parts,
  typedCode: string,
  password: string,
  expectation: Expectation,
  commit: Commit,
): Promise<Operator> {
  const { storage, operators, throttle, journal, now } = parts
  const reference = newReference()
  const refusedRow = (operator: Operator | null, reason: RefusalReason): JournalEvent => ({
    kind: 'identification.refused',
    outcome: 'refused',
    operator: operator === null ? null : { id: operator.id, code: operator.code },
    means: 'password',
    module: expectation.module,
    reference,
    details: { reason },
  })

  // A code of nobody, whatever its form, is looked up as any other: it takes the same time (product §3.1).
  const found = await operators.byCode(parseOperatorCode(typedCode) ?? '')

  const before = await throttle.verdict(typedCode)
  if (before.kind !== 'free') {
    await journal.append(refusedRow(found, before.kind === 'wait' ? 'throttled' : 'blocked'))
    throw throttled(before, reference)
  }

  const hash = await operators.passwordHashOf(found?.id ?? '')
  const right =
    hash === null
      ? await (parts.verifyAgainstNobody ?? verifyAgainstNobody)(password)
      : await verifyPassword(hash, password)
  if (found === null || hash === null || !right) {
    await storage.write(async (trx) => {
      await throttle.recordFailure(trx, typedCode)
      await journal.appendIn(trx, refusedRow(found, 'wrong-credentials'))
    })
    throw new Refusal('wrong-credentials', reference)
  }

  const { operator, verdict, refused } = await storage.write(async (trx) => {
    // Read and judged once the write lock is held: what has changed while it was waited for counts.
    const operator = (await operators.byIdIn(trx, found.id)) ?? found
    const refused =
      ((await operators.passwordHashOf(found.id, trx)) === hash ? null : wrongByNow) ??
      notAwaited(operator, expectation, now()) ??
      (expectation.provisional !== 'accepted' && (await operators.isProvisionalIn(trx, found.id))
        ? provisionalOnly(operator, hash)
        : null)
    const verdict = await throttle.recordSuccess(trx, typedCode)
    if (verdict.kind === 'free' && refused === null) await commit(trx, operator, reference)
    else await journal.appendIn(trx, refusedRow(operator, refused?.reason ?? 'throttled'))
    return { operator, verdict, refused }
  })
  if (verdict.kind !== 'free') throw throttled(verdict, reference)
  if (refused !== null) throw refused.refusal(reference)
  return operator
}

/** Why an identified operator may not come in at `now`, or null. */
export function notAwaited(
  operator: Operator,
  { operator: expected, allows }: Expectation,
  now: Date,
): Refused | null {
  return (isActive(operator, now) ? null : suspended) ?? otherThan(expected, operator) ?? allows(operator)
}

/** Nobody awaits this identification any more. */
export const cancelled: Refused = {
  reason: 'cancelled',
  refusal: (reference) => new Refusal('attempt-over', reference),
}

/** What was typed was right, and was changed since. */
export const wrongByNow: Refused = {
  reason: 'wrong-credentials',
  refusal: (reference) => new Refusal('wrong-credentials', reference),
}

function provisionalOnly(operator: Operator, passwordHash: string): Refused {
  return {
    reason: 'provisional-password',
    refusal: (reference) => new ProvisionalPassword(reference, { operator, passwordHash }),
  }
}

const suspended: Refused = {
  reason: 'suspended',
  refusal: (reference) => new Refusal('suspended', reference),
}

function otherThan(expected: Operator | null, operator: Operator): Refused | null {
  if (expected === null || expected.id === operator.id) return null
  const parameters = { operator: `${expected.firstName} ${expected.lastName}` }
  return {
    reason: 'other-operator',
    refusal: (reference) => new Refusal('other-operator-expected', reference, parameters),
  }
}

/** The row of an identification that succeeded. */
export function succeededRow(
  operator: Operator,
  { evidence, details }: Proof,
  module: string | null,
  reference: string,
): JournalEvent {
  return {
    kind: 'identification.succeeded',
    outcome: 'done',
    operator: { id: operator.id, code: operator.code },
    means: evidence.kind,
    module,
    reference,
    details,
  }
}

function throttled(verdict: Verdict, reference: string): Refusal {
  return verdict.kind === 'wait'
    ? new Refusal('throttled', reference, { seconds: verdict.seconds })
    : new Refusal('blocked', reference)
}

function nothingMore(): Promise<void> {
  return Promise.resolve()
}
