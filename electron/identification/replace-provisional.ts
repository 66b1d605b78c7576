import { Refusal } from '../ipc/result.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type JournalEvent } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import type { Operator } from '../operators/operator.ts'
import type { OperatorRepository } from '../operators/repository.ts'
import type { Evidence } from '../session/session.ts'
import type { Storage } from '../storage/storage.ts'
import { byPassword, notAwaited, succeededRow, wrongByNow, type Expectation } from './identification.ts'
import { verifyPassword } from './password.ts'
import type { Provisional } from './provisional-password.ts'

type Parts = {
  storage: Storage
  operators: OperatorRepository
  journal: Journal
  now: () => Date
  admissionEvents: (operator: Operator, evidence: Evidence, reference: string) => JournalEvent[]
  /** Rejects with a `Refusal` when the password is too weak. */
  hashPassword: (password: string, operator: Operator) => Promise<string>
}

/**
 * « Nouveau mot de passe »: puts the operator's own password in place of the provisional one, and lets them in. Both are
 * on the disk, or neither: then it rejects with a `Refusal` or `StorageError`.
 */
export type ReplaceProvisional = (
  proved: Provisional,
  password: string,
  expectation: Expectation,
) => Promise<Operator>

export function createReplaceProvisional(parts: Parts): ReplaceProvisional {
  const { storage, operators, journal, now, admissionEvents, hashPassword } = parts
  return async (proved, password, expectation) => {
    const reference = newReference()
    const { id } = proved.operator
    if (await verifyPassword(proved.passwordHash, password))
      throw new Refusal('password-unchanged', reference)
    const passwordHash = await hashPassword(password, proved.operator)
    const { operator, refused } = await storage.write(async (trx) => {
      const operator = (await operators.byIdIn(trx, id)) ?? proved.operator
      // Reset once more meanwhile, what was proved is worth nothing.
      const stands = (await operators.passwordHashOf(id, trx)) === proved.passwordHash
      const refused = stands ? notAwaited(operator, expectation, now()) : wrongByNow
      if (refused === null) {
        const own = {
          outcome: 'done',
          operator: referenceOf(operator),
          means: 'password',
          reference,
        } as const
        await operators.setPasswordHash(trx, id, passwordHash)
        await journal.appendIn(trx, {
          kind: 'operator.password-changed',
          ...own,
          details: { by: 'provisional' },
        })
        await journal.appendIn(trx, succeededRow(operator, byPassword, expectation.module, reference))
        for (const row of admissionEvents(operator, byPassword.evidence, reference)) {
          await journal.appendIn(trx, row)
        }
      } else {
        await journal.appendIn(trx, {
          kind: 'identification.refused',
          outcome: 'refused',
          operator: referenceOf(operator),
          means: 'password',
          module: expectation.module,
          reference,
          details: { reason: refused.reason },
        })
      }
      return { operator, refused }
    })
    if (refused !== null) throw refused.refusal(reference)
    return operator
  }
}
