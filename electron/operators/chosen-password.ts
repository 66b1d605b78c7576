import { Refusal } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import type { Operator } from './operator.ts'
import type { PasswordScorer } from './password-strength.ts'

type Parts = {
  scorer: PasswordScorer
  pharmacy: () => string
  hashPassword: (password: string) => Promise<string>
}

/**
 * Hashes the passwords that operators choose for themselves, to PHC strings. Rejects with a `Refusal` when one is worth
 * less than 50 bits, the operator's own names and code being what an attacker would try first.
 */
export function createChosenPasswords({ scorer, pharmacy, hashPassword }: Parts) {
  return async (password: string, { firstName, lastName, code }: Operator): Promise<string> => {
    const { enough } = await scorer.score(password, [firstName, lastName, code, pharmacy()])
    if (!enough) throw new Refusal('weak-password', newReference())
    return hashPassword(password)
  }
}
