import type { Clock } from '../clock.ts'
import { hashPassword } from '../identification/password.ts'
import type { OperatorAction, OperatorForm } from '../ipc/operator-views.ts'
import { Refusal } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import { trustOf } from '../operators/actor.ts'
import { readForm } from '../operators/form.ts'
import type { Actor, Management } from '../operators/management.ts'
import { localDay, type Operator } from '../operators/operator.ts'
import { newProvisionalPassword } from '../operators/provisional-password.ts'
import type { OperatorRepository } from '../operators/repository.ts'
import { dangersOf, isDangerous, type Trust } from '../operators/rights.ts'
import type { Commit, TeamConfirmation } from './team-confirmation.ts'

/** A provisional password, told once. */
type Given = { readonly id: string; readonly password: string }

/**
 * What an operator who manages the team changes of it, by hand. `password`: theirs, asked again where the change is
 * dangerous. Each rejects with a `Refusal` or `StorageError`: nothing is then changed.
 */
export type TeamChanges = {
  readonly create: (manager: Operator, form: OperatorForm, password: string | null) => Promise<Given>
  readonly change: (manager: Operator, edited: Edited, password: string | null) => Promise<void>
  /** Resolves to the provisional password after `reset-password`. */
  readonly act: (
    manager: Operator,
    id: string,
    action: OperatorAction,
    password: string | null,
  ) => Promise<Given | null>
}
type Edited = { readonly id: string; readonly seen: string; readonly form: OperatorForm }

type Parts = {
  operators: Pick<OperatorRepository, 'memberById'>
  management: Management
  confirmation: TeamConfirmation
  clock: Clock
}

export function createTeamChanges({ operators, management, confirmation, clock }: Parts): TeamChanges {
  const isDangerousForm = (wanted: Trust, current: Trust | null): boolean =>
    dangersOf(wanted, current, localDay(clock.now())).length > 0

  const perform = <T>(
    manager: Operator,
    dangerous: boolean,
    password: string | null,
    commit: Commit<T>,
  ): Promise<T> =>
    dangerous ? confirmation.byPassword(manager, password, commit) : confirmation.withoutPassword(commit)

  return {
    create: async (manager, form, password) => {
      const described = readForm(form, newReference())
      const provisional = newProvisionalPassword()
      const hash = await hashPassword(provisional)
      const dangerous = isDangerousForm(trustOf(described), null)
      const { id } = await perform(manager, dangerous, password, (trx, reference) =>
        management.create(trx, actorOf(manager), form, hash, reference),
      )
      return { id, password: provisional }
    },

    change: async (manager, edited, password) => {
      const described = readForm(edited.form, newReference())
      const current = await operators.memberById(edited.id)
      if (current === null) throw new Refusal('operator-unknown', newReference())
      // It holds until the commit, which compares it again: what is dangerous is known of what will be changed.
      if (current.changedAt !== edited.seen) throw new Refusal('operator-changed', newReference())
      const dangerous = isDangerousForm(trustOf(described), trustOf(current.operator))
      await perform(manager, dangerous, password, (trx, reference) =>
        management.change(trx, actorOf(manager), edited, reference),
      )
    },

    act: async (manager, id, action, password) => {
      if (action !== 'reset-password') {
        await perform(manager, isDangerous(action), password, (trx, reference) =>
          management.act(trx, actorOf(manager), id, action, reference),
        )
        return null
      }
      // Their session would end, and this page with it, before they have read it.
      if (id === manager.id) throw new Refusal('own-password', newReference())
      const provisional = newProvisionalPassword()
      const hash = await hashPassword(provisional)
      await perform(manager, isDangerous(action), password, (trx, reference) =>
        management.resetPassword(trx, actorOf(manager), id, hash, reference),
      )
      return { id, password: provisional }
    },
  }
}

function actorOf(operator: Operator): Actor {
  return { by: 'operator', operator }
}
