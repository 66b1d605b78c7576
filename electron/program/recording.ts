import type { Journal } from '../journal/journal.ts'
import { referenceOf } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import type { OperatorRepository } from '../operators/repository.ts'
import type { Storage } from '../storage/storage.ts'

/** « Comptoir enregistre vos connexions… »: told to each of the team at their logins, until they have read it. */
export type Recording = {
  /** Whether the connected operator is still to be told. */
  readonly untold: () => boolean
  /** Who is connected now, or nobody. */
  readonly follow: (operator: Operator | null) => void
  /** « J'ai compris », by the connected operator. Rejects with `StorageError`: they are told again. */
  readonly acknowledge: () => Promise<void>
}

type Parts = {
  storage: Pick<Storage, 'write'>
  operators: Pick<OperatorRepository, 'isTold' | 'markTold'>
  journal: Pick<Journal, 'appendIn'>
  /** What `untold` says has changed. */
  changed: () => void
}

export function createRecording({ storage, operators, journal, changed }: Parts): Recording {
  let connected: Operator | null = null
  let untold = false

  const set = (next: boolean): void => {
    if (next === untold) return
    untold = next
    changed()
  }
  const read = async (operator: Operator): Promise<void> => {
    // What the database does not say now, it says at the next login.
    const told = await operators.isTold(operator.id).catch(() => true)
    if (connected?.id === operator.id) set(!told)
  }

  return {
    untold: () => untold,
    follow: (operator) => {
      const same = connected?.id === operator?.id
      connected = operator
      if (same) return
      untold = false
      if (operator !== null) void read(operator)
    },
    acknowledge: async () => {
      const operator = connected
      if (operator === null || !untold) return
      await storage.write(async (trx) => {
        await operators.markTold(trx, operator.id)
        await journal.appendIn(trx, {
          kind: 'operator.told',
          outcome: 'done',
          operator: referenceOf(operator),
          details: {},
        })
      })
      if (connected?.id === operator.id) set(false)
    },
  }
}
