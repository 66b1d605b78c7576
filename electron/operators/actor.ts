import type { Clock } from '../clock.ts'
import { Refusal } from '../ipc/result.ts'
import type { ByWhom } from '../journal/kinds.ts'
import type { Transaction } from '../storage/storage.ts'
import type { Described } from './form.ts'
import { isActive, type Operator } from './operator.ts'
import type { OperatorRepository } from './repository.ts'
import { hasRight, mayChange, mayGive, type Trust } from './rights.ts'

/** Who changes the team: somebody of it, or an OS account at the command line, whose authority was proved. */
export type Actor =
  { readonly by: 'operator'; readonly operator: Operator } | Extract<ByWhom, { by: 'command' }>

/** By whom it is done, as the journal has it. */
export function byWhom(actor: Actor): ByWhom {
  return actor.by === 'operator' ? { by: 'operator' } : actor
}

type Parts = { readonly operators: Pick<OperatorRepository, 'byIdIn'>; readonly clock: Clock }

/**
 * What an actor may do, read again in the transaction of what they do. Each throws a `Refusal` when they may not: an
 * administrator, or a titulaire who stands behind a command, may do everything.
 */
export function createAuthority({ operators, clock }: Parts) {
  /** The actor as they are now, who manages the team; null: nothing is refused to them. */
  const managerIn = async (trx: Transaction, actor: Actor, reference: string): Promise<Operator | null> => {
    if (actor.by === 'command') return null
    const manager = await operators.byIdIn(trx, actor.operator.id)
    if (manager === null || !isActive(manager, clock.now()) || !hasRight(manager, 'manage-operators')) {
      throw new Refusal('right-needed', reference)
    }
    return manager
  }

  return {
    /** Whether they manage the team, and may change this operator. */
    overTarget: async (
      trx: Transaction,
      actor: Actor,
      target: Operator,
      reference: string,
    ): Promise<void> => {
      const manager = await managerIn(trx, actor, reference)
      if (manager !== null && !mayChange(manager, target)) throw new Refusal('titulaire-needed', reference)
    },

    /** Whether they manage the team, and may give what a form says; `current`: null for somebody new. */
    overForm: async (
      trx: Transaction,
      actor: Actor,
      wanted: Described,
      current: Operator | null,
      reference: string,
    ): Promise<void> => {
      const manager = await managerIn(trx, actor, reference)
      if (manager === null) return
      const before = current === null ? null : trustOf(current)
      const own = manager.id === current?.id
      if (!mayGive(manager, trustOf(wanted), before, own)) throw new Refusal('titulaire-needed', reference)
    },
  }
}

/** What somebody is trusted with, as `dangersOf` and `mayGive` compare it. */
export function trustOf(described: Omit<Described, 'code' | 'firstName' | 'lastName'>): Trust {
  return { ...described, rpps: described.rpps?.digits ?? null }
}
