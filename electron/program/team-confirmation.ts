import type { Refused } from '../identification/identification.ts'
import { Refusal } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import { builtInModules } from '../modules/module.ts'
import type { Operator } from '../operators/operator.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import type { TeamDeskParts } from './team-desk.ts'

/** What a change writes, with its rows, in the transaction that it is given. */
export type Commit<T> = (trx: Transaction, reference: string) => Promise<T>

export type TeamConfirmation = {
  /**
   * Does what is dangerous once the operator's password is right, in the transaction of that check: throttled and
   * journalled as an identification is. `password` null: it was not asked for, which is refused.
   */
  readonly byPassword: <T>(operator: Operator, password: string | null, commit: Commit<T>) => Promise<T>
  /** Does what is not, in a transaction of its own. */
  readonly withoutPassword: <T>(commit: Commit<T>) => Promise<T>
}

type Parts = Pick<TeamDeskParts, 'counter'> & { storage: Pick<Storage, 'write'> }

/** What the journal says of a password that is refused here. */
const module =
  builtInModules.find(({ launch }) => 'page' in launch && launch.page === 'operators')?.id ?? null

export function createTeamConfirmation({ counter, storage }: Parts): TeamConfirmation {
  const { session, identification } = counter
  /** Locked or disconnected while the password was verified: nothing is done any more. */
  const stillConnected = ({ id }: Operator): Refused | null =>
    session.connected()?.operator.id === id
      ? null
      : { reason: 'cancelled', refusal: (reference) => new Refusal('not-connected', reference) }

  return {
    byPassword: async (operator, password, commit) => {
      if (password === null) throw new Refusal('refused', newReference(), { detail: 'password' })
      const done: { value: Awaited<ReturnType<typeof commit>> }[] = []
      const expectation = { operator, allows: stillConnected, module }
      await identification.prove(operator.code, password, expectation, async (trx, _, reference) => {
        done.push({ value: await commit(trx, reference) })
      })
      const [first] = done
      if (first === undefined) throw new Error('a password was proved and nothing was committed')
      return first.value
    },
    withoutPassword: (commit) => storage.write((trx) => commit(trx, newReference())),
  }
}
