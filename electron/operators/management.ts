import { assertNever } from '../assert-never.ts'
import type { Clock } from '../clock.ts'
import type { ThrottleRepository } from '../identification/throttle-repository.ts'
import type { OperatorAction, OperatorForm } from '../ipc/operator-views.ts'
import { Refusal } from '../ipc/result.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type ByWhom, type JournalEvent, type OperatorField } from '../journal/kinds.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { byWhom, createAuthority, type Actor } from './actor.ts'
import { readForm, type Described } from './form.ts'
import type { Operator } from './operator.ts'
import type { Member, OperatorRepository } from './repository.ts'
import { leavesDayWithoutTitulaire } from './titulaires.ts'

export type { Actor } from './actor.ts'

/** `password-reset`: whoever works under that name comes in again. */
export type OperatorEffect = 'changed' | 'password-reset'

/**
 * Every change of the team: its rules, its journal rows and what is written, in the transaction that is given (with
 * `identification.prove`, that of the password asked again). The actor is read again in it. Each rejects with a
 * `Refusal` of `reference`, which undoes it all, or with `StorageError`; `changed` is told after the commit.
 */
export type Management = {
  /** `passwordHash`: the PHC string of a provisional password. Resolves to the operator. */
  readonly create: (
    trx: Transaction,
    actor: Actor,
    form: OperatorForm,
    passwordHash: string,
    reference: string,
  ) => Promise<Operator>
  /** `seen`: the `changedAt` of what was edited; something else meanwhile is refused as `operator-changed`. */
  readonly change: (
    trx: Transaction,
    actor: Actor,
    edited: { readonly id: string; readonly seen: string; readonly form: OperatorForm },
    reference: string,
  ) => Promise<Operator>
  /** What is so already (suspended, unlinked…) is left so, without a row. */
  readonly act: (
    trx: Transaction,
    actor: Actor,
    id: string,
    action: Exclude<OperatorAction, 'reset-password'>,
    reference: string,
  ) => Promise<Operator>
  /** `passwordHash`: the PHC string of a provisional password. Lifts a block too: the password that failed is gone. */
  readonly resetPassword: (
    trx: Transaction,
    actor: Actor,
    id: string,
    passwordHash: string,
    reference: string,
  ) => Promise<Operator>
}

export type ManagementParts = {
  readonly storage: Pick<Storage, 'afterCommit'>
  readonly operators: OperatorRepository
  readonly journal: Pick<Journal, 'appendIn'>
  readonly throttle: Pick<ThrottleRepository, 'unblock' | 'isBlocked'>
  readonly clock: Clock
  /** The operator as they now are (`session.operatorChanged`; nothing to tell at the command line). */
  readonly changed: (operator: Operator, effect: OperatorEffect) => void
}

export function createManagement(parts: ManagementParts): Management {
  const { storage, operators, journal, throttle, clock } = parts
  const authority = createAuthority({ operators, clock })

  const toChange = async (trx: Transaction, actor: Actor, id: string, reference: string): Promise<Member> => {
    const member = await operators.memberIn(trx, id)
    if (member === null) throw new Refusal('operator-unknown', reference)
    if (member.departedAt !== null) throw new Refusal('operator-departed', reference)
    await authority.overTarget(trx, actor, member.operator, reference)
    return member
  }

  /** The operator as written; undoes it all when no titulaire would be left, and tells of it once it is committed. */
  const concluded = async (
    trx: Transaction,
    before: { operator: Operator; titulaires: readonly Operator[] },
    reference: string,
    effect: OperatorEffect = 'changed',
  ): Promise<Operator> => {
    const operator = (await operators.byIdIn(trx, before.operator.id)) ?? before.operator
    const titulaires = await operators.titulaires(trx)
    if (leavesDayWithoutTitulaire(before.titulaires, titulaires, clock.now())) {
      throw new Refusal('last-titulaire', reference)
    }
    storage.afterCommit(trx, () => parts.changed(operator, effect))
    return operator
  }

  /** A row of what `actor` does. */
  const record = (trx: Transaction, actor: Actor, reference: string, event: JournalEvent): Promise<void> =>
    journal.appendIn(trx, {
      ...event,
      operator: actor.by === 'operator' ? referenceOf(actor.operator) : null,
      reference,
    })

  const changeRpps = async (
    trx: Transaction,
    actor: Actor,
    current: Operator,
    { rpps }: Described,
    reference: string,
  ): Promise<void> => {
    if (rpps?.digits === current.rpps?.digits) return
    if (rpps !== null && (await operators.byRppsIn(trx, rpps)) !== null) {
      throw new Refusal('rpps-of-another', reference)
    }
    await operators.setRpps(trx, current.id, rpps)
    const details = { ...byWhom(actor), target: referenceOf(current) }
    for (const event of rppsRows(details, current, rpps)) await record(trx, actor, reference, event)
  }

  return {
    create: async (trx, actor, form, passwordHash, reference) => {
      const described = readForm(form, reference)
      await authority.overForm(trx, actor, described, null, reference)
      const insertion = await operators.insert(trx, {
        ...described,
        suspended: false,
        passwordHash,
        provisional: true,
      })
      if (insertion.kind === 'code-taken') throw new Refusal('code-taken', reference)
      if (insertion.kind === 'rpps-taken') throw new Refusal('rpps-of-another', reference)
      const { operator } = insertion
      // What was typed of this code while it was nobody's is not held against them.
      await throttle.unblock(trx, operator.code)
      const details = { role: operator.role, ...byWhom(actor), target: referenceOf(operator) }
      await record(trx, actor, reference, { kind: 'operator.created', outcome: 'done', details })
      return operator
    },

    change: async (trx, actor, { id, seen, form }, reference) => {
      const described = readForm(form, reference)
      const { operator: current, changedAt } = await toChange(trx, actor, id, reference)
      await authority.overForm(trx, actor, described, current, reference)
      if (changedAt !== seen) throw new Refusal('operator-changed', reference)
      // The journal refers to it.
      if (described.code !== current.code) {
        throw new Refusal('invalid-operator', reference, { detail: 'le code opérateur' })
      }
      const titulaires = await operators.titulaires(trx)
      const changed = changedFields(current, described)
      if (changed.length > 0) {
        await operators.update(trx, id, described)
        const { role, rights } = described
        const details = { ...byWhom(actor), target: referenceOf(current), changed, role, rights }
        await record(trx, actor, reference, { kind: 'operator.changed', outcome: 'done', details })
      }
      await changeRpps(trx, actor, current, described, reference)
      return concluded(trx, { operator: current, titulaires }, reference)
    },

    act: async (trx, actor, id, action, reference) => {
      const { operator } = await toChange(trx, actor, id, reference)
      const titulaires = await operators.titulaires(trx)
      const details = { ...byWhom(actor), target: referenceOf(operator) }
      const done = (kind: PlainKind): Promise<void> =>
        record(trx, actor, reference, { kind, outcome: 'done', details })
      switch (action) {
        case 'suspend':
          if (operator.suspended) return operator
          await operators.suspend(trx, id)
          await done('operator.suspended')
          break
        case 'resume':
          if (!operator.suspended) return operator
          await operators.resume(trx, id)
          await done('operator.resumed')
          break
        case 'depart':
          await operators.depart(trx, id)
          await done('operator.departed')
          break
        case 'unblock':
          // A wait is not lifted: nothing would say by whom.
          if (!(await throttle.isBlocked(trx, operator.code))) return operator
          await throttle.unblock(trx, operator.code)
          await done('operator.unblocked')
          break
        case 'unlink-rpps':
          if (operator.rpps === null) return operator
          await authority.overForm(trx, actor, { ...operator, rpps: null }, operator, reference)
          await operators.setRpps(trx, id, null)
          for (const event of rppsRows(details, operator, null)) await record(trx, actor, reference, event)
          break
        default:
          return assertNever(action)
      }
      return concluded(trx, { operator, titulaires }, reference)
    },

    resetPassword: async (trx, actor, id, passwordHash, reference) => {
      const { operator } = await toChange(trx, actor, id, reference)
      const titulaires = await operators.titulaires(trx)
      await operators.setPasswordHash(trx, id, passwordHash, true)
      const details = { ...byWhom(actor), target: referenceOf(operator) }
      await record(trx, actor, reference, { kind: 'operator.password-reset', outcome: 'done', details })
      if (await throttle.unblock(trx, operator.code)) {
        await record(trx, actor, reference, { kind: 'operator.unblocked', outcome: 'done', details })
      }
      return concluded(trx, { operator, titulaires }, reference, 'password-reset')
    },
  }
}

/** The rows that say by whom and to whom, and nothing else. */
type PlainKind = 'operator.suspended' | 'operator.resumed' | 'operator.departed' | 'operator.unblocked'

/** What is left of one RPPS, then what is set of another. */
function rppsRows(
  details: ByWhom & { target: ReturnType<typeof referenceOf> },
  { rpps: former }: Operator,
  rpps: Operator['rpps'],
): JournalEvent[] {
  const rows: JournalEvent[] = []
  if (former !== null) {
    rows.push({
      kind: 'operator.rpps-unlinked',
      outcome: 'done',
      details: { ...details, rpps: former.digits },
    })
  }
  if (rpps !== null) {
    rows.push({ kind: 'operator.rpps-set', outcome: 'done', details: { ...details, rpps: rpps.digits } })
  }
  return rows
}

function changedFields(current: Operator, wanted: Described): OperatorField[] {
  const same: Record<OperatorField, boolean> = {
    names: current.firstName === wanted.firstName && current.lastName === wanted.lastName,
    role: current.role === wanted.role,
    dates: current.firstDay === wanted.firstDay && current.lastDay === wanted.lastDay,
    rights: current.rights.join() === wanted.rights.join(),
  }
  return (['names', 'role', 'dates', 'rights'] as const).filter((field) => !same[field])
}
