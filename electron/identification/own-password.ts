import { Refusal } from '../ipc/result.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import type { OperatorRepository } from '../operators/repository.ts'
import type { PasswordIdentification } from './identification.ts'
import { isSamePassword } from './password.ts'

/**
 * « Changer mon mot de passe »: `current` is verified as at a login, throttled and journalled. Rejects with a `Refusal`
 * (the current one is wrong, the next one is too weak or the same) or with `StorageError`: then nothing is changed.
 */
export type ChangeOwnPassword = (operator: Operator, current: string, next: string) => Promise<void>

type Parts = {
  operators: Pick<OperatorRepository, 'setPasswordHash'>
  journal: Pick<Journal, 'appendIn'>
  identification: Pick<PasswordIdentification, 'prove'>
  /** Rejects with a `Refusal` when the password is too weak. */
  hashPassword: (password: string, operator: Operator) => Promise<string>
}

export function createChangeOwnPassword(parts: Parts): ChangeOwnPassword {
  const { operators, journal, identification, hashPassword } = parts
  return async (operator, current, next) => {
    // Before the write lock is held: it takes a tenth of a second.
    const passwordHash = await hashPassword(next, operator)
    const themselves = { operator, allows: () => null, module: null, provisional: 'accepted' } as const
    await identification.prove(operator.code, current, themselves, async (trx, proved, reference) => {
      if (isSamePassword(current, next)) throw new Refusal('password-unchanged', reference)
      await operators.setPasswordHash(trx, proved.id, passwordHash)
      await journal.appendIn(trx, {
        kind: 'operator.password-changed',
        outcome: 'done',
        operator: referenceOf(proved),
        means: 'password',
        reference,
        details: { by: 'own' },
      })
    })
  }
}
