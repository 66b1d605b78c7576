import { Refusal } from '../ipc/result.ts'
import type { Journal } from '../journal/journal.ts'
import type { JournalEvent, RefusalReason } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import { isActive, parseOperatorCode, type Operator } from '../operators/operator.ts'
import type { OperatorRepository } from '../operators/repository.ts'
import type { Storage } from '../storage/storage.ts'
import { verifyAgainstNobody, verifyPassword } from './password.ts'
import type { ThrottleRepository } from './throttle-repository.ts'
import type { Verdict } from './throttle.ts'

/** What the attempt is for, as far as it limits who may come in. */
export type Expectation = {
  /** Only this operator is awaited. */
  readonly operator: Operator | null
  /** Refuses an operator whom the purpose does not allow, once the password is right. */
  readonly allows: (operator: Operator) => Refused | null
  readonly module: string | null
}
export type Refused = { readonly reason: RefusalReason; readonly refusal: (reference: string) => Refusal }

export type PasswordIdentification = {
  /**
   * Checks a code and its password, journals the outcome and the rows of `admission`, then resolves to the operator:
   * all of it is on the disk. Rejects with a `Refusal` (an unknown code and a wrong password are the same one), or
   * with `StorageError`: then nobody comes in. Attempts run one after the other.
   */
  readonly identify: (code: string, password: string, expectation: Expectation) => Promise<Operator>
}

type Parts = {
  storage: Storage
  operators: OperatorRepository
  throttle: ThrottleRepository
  journal: Journal
  now: () => Date
  /** The rows to be written with a success, in the same transaction. */
  admissionEvents: (operator: Operator, reference: string) => JournalEvent[]
}

/** Identification by operator code and password. */
export function createPasswordIdentification(parts: Parts): PasswordIdentification {
  let last: Promise<unknown> = Promise.resolve()
  return {
    // One at a time: attempts made together would all be verified before the first failure counts.
    identify: (code, password, expectation) => {
      const attempt = last.then(() => identify(parts, code, password, expectation))
      last = attempt.catch(() => undefined)
      return attempt
    },
  }
}

async function identify(
  { storage, operators, throttle, journal, now, admissionEvents }: Parts,
  typedCode: string,
  password: string,
  { operator: expected, allows, module }: Expectation,
): Promise<Operator> {
  const reference = newReference()
  const refusedRow = (operator: Operator | null, reason: RefusalReason): JournalEvent => ({
    kind: 'identification.refused',
    outcome: 'refused',
    operator: operator === null ? null : { id: operator.id, code: operator.code },
    means: 'password',
    module,
    reference,
    details: { reason },
  })

  const code = parseOperatorCode(typedCode)
  const operator = code === null ? null : await operators.byCode(code)

  const before = await throttle.verdict(typedCode)
  if (before.kind !== 'free') {
    await journal.append(refusedRow(operator, before.kind === 'wait' ? 'throttled' : 'blocked'))
    throw throttled(before, reference)
  }

  const hash = operator === null ? null : await operators.passwordHashOf(operator.id)
  const right = hash === null ? await verifyAgainstNobody(password) : await verifyPassword(hash, password)
  if (operator === null || !right) {
    await storage.write(async (trx) => {
      await throttle.recordFailure(trx, typedCode)
      await journal.appendIn(trx, refusedRow(operator, 'wrong-credentials'))
    })
    throw new Refusal('wrong-credentials', reference)
  }

  const { verdict: after, refused } = await storage.write(async (trx) => {
    // Judged once the write lock is held: what has been cancelled while it was waited for lets nobody in.
    const refused =
      (isActive(operator, now()) ? null : suspended) ?? otherThan(expected, operator) ?? allows(operator)
    const verdict = await throttle.recordSuccess(trx, typedCode)
    const rows: JournalEvent[] =
      verdict.kind === 'free' && refused === null
        ? [succeededRow(operator, module, reference), ...admissionEvents(operator, reference)]
        : [refusedRow(operator, refused?.reason ?? 'throttled')]
    for (const row of rows) await journal.appendIn(trx, row)
    return { verdict, refused }
  })
  if (after.kind !== 'free') throw throttled(after, reference)
  if (refused !== null) throw refused.refusal(reference)
  return operator
}

/** Nobody awaits this identification any more. */
export const cancelled: Refused = {
  reason: 'cancelled',
  refusal: (reference) => new Refusal('attempt-over', reference),
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

function succeededRow(operator: Operator, module: string | null, reference: string): JournalEvent {
  return {
    kind: 'identification.succeeded',
    outcome: 'done',
    operator: { id: operator.id, code: operator.code },
    means: 'password',
    module,
    reference,
    details: {},
  }
}

function throttled(verdict: Verdict, reference: string): Refusal {
  return verdict.kind === 'wait'
    ? new Refusal('throttled', reference, { seconds: verdict.seconds })
    : new Refusal('blocked', reference)
}
