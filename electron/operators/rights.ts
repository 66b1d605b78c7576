import type { OperatorAction } from '../ipc/operator-views.ts'
import { isDayOf, type Operator, type Role } from './operator.ts'

/** What a titulaire can give to somebody else of the team. */
export const givenRights = ['manage-operators', 'read-journal'] as const
export type GivenRight = (typeof givenRights)[number]

export type Right =
  | GivenRight
  /** Makes somebody a titulaire, or changes one: their role, password, RPPS, suspension, departure. */
  | 'appoint-titulaires'
  | 'give-rights'
  /** Confirms that an RPPS is somebody's, and lets in somebody who has no code yet. */
  | 'authorise'

type Rule = {
  /** The roles that have it by themselves. */
  readonly roles: readonly Role[]
  /** Those to whom it was given have it too, or those who were given this other one. */
  readonly givenWith: GivenRight | null
  /** Why so. */
  readonly reason: string
}

/** Who may do what. The only place that says so. */
export const rules: Record<Right, Rule> = {
  'manage-operators': {
    roles: ['titulaire'],
    givenWith: 'manage-operators',
    reason: 'The titulaire answers for the team, and may have an adjoint keep its list.',
  },
  'read-journal': {
    roles: ['titulaire'],
    givenWith: 'read-journal',
    reason:
      'It tells what each one did: the titulaire answers for it, and names who else reads it (GDPR, article 29).',
  },
  'appoint-titulaires': {
    roles: ['titulaire'],
    givenWith: null,
    reason: 'Otherwise whoever manages the team could take a titulaire’s place.',
  },
  'give-rights': {
    roles: ['titulaire'],
    givenWith: null,
    reason: 'A right that passes itself on can no longer be taken back.',
  },
  authorise: {
    roles: ['titulaire'],
    givenWith: 'manage-operators',
    reason: 'It makes an operator, or says whose an RPPS is, as managing the team does.',
  },
}

type Entitled = Pick<Operator, 'role' | 'rights'>

/** Whether the operator has a right, by role or because it was given to them. Whether they are active is not asked. */
export function hasRight({ role, rights }: Entitled, right: Right): boolean {
  const { roles, givenWith } = rules[right]
  return roles.includes(role) || (givenWith !== null && rights.includes(givenWith))
}

/**
 * Whether `manager`, who manages the team, may change `target`. Whoever resets somebody's password can come in as them:
 * a titulaire, and who was given a right that the manager has not, are for titulaires.
 */
export function mayChange(manager: Entitled, target: Entitled): boolean {
  if (hasRight(manager, 'appoint-titulaires')) return true
  return target.role !== 'titulaire' && target.rights.every((right) => hasRight(manager, right))
}

/** What makes an action on somebody, or a change of them, ask again for one's password; null: it does not ask. */
export const dangers = {
  suspend: 'Keeps somebody from working, and ends their sessions.',
  resume: 'Lets somebody in again who was kept out.',
  depart: 'Cannot be undone: rights and RPPS go, the code stays taken.',
  /** It gives no password. */
  unblock: null,
  'reset-password': 'Whoever holds the new password comes in under that name.',
  'unlink-rpps': 'Their card and e-CPS no longer let them in.',
  create: 'An account made at somebody else’s session would stay.',
  dates: 'Keeps somebody from working from today on, and ends their sessions.',
  'role-of-titulaire': 'Makes or unmakes somebody who may do everything here.',
  rights: 'Gives or takes what only a titulaire gives.',
  rpps: 'Whoever has that card or e-CPS comes in under that name.',
} as const satisfies Record<OperatorAction, string | null> & Record<string, string | null>
export type Danger = keyof typeof dangers

/** What a form says of somebody, as far as it can be dangerous; `rpps`: the eleven digits. */
export type Trust = Entitled & Pick<Operator, 'firstDay' | 'lastDay'> & { readonly rpps: string | null }

/**
 * Why changing `current` into `wanted` asks again for one's password; empty: it does not. `current` is null for
 * somebody who is created: an RPPS then takes nobody's place. `today`: `YYYY-MM-DD`.
 */
export function dangersOf(wanted: Trust, current: Trust | null, today: string): Danger[] {
  const before = current ?? somebodyNew(wanted)
  const found: Danger[] = current === null ? ['create'] : []
  if (changesTitulaire(wanted, before)) found.push('role-of-titulaire')
  if (changesRights(wanted, before)) found.push('rights')
  if (wanted.rpps !== before.rpps) found.push(wanted.rpps === null ? 'unlink-rpps' : 'rpps')
  if (isDayOf(before, today) && !isDayOf(wanted, today)) found.push('dates')
  return found
}

/**
 * Whether `manager`, who manages the team, may make `wanted` of `current` (null: somebody new). Titulaires are made, and
 * rights are given, by titulaires only; nobody else changes what they are trusted with themselves (`own`).
 */
export function mayGive(manager: Entitled, wanted: Trust, current: Trust | null, own: boolean): boolean {
  if (hasRight(manager, 'give-rights')) return true
  const before = current ?? somebodyNew(wanted)
  if (own && (wanted.role !== before.role || wanted.rpps !== before.rpps)) return false
  return !changesTitulaire(wanted, before) && !changesRights(wanted, before)
}

/** What a new operator is compared with: somebody whom nothing was entrusted to. */
function somebodyNew(wanted: Trust): Trust {
  return { ...wanted, role: 'autre', rights: [] }
}

function changesTitulaire(wanted: Entitled, before: Entitled): boolean {
  return (wanted.role === 'titulaire') !== (before.role === 'titulaire')
}

/** Whether an action asks again for one's password. */
export function isDangerous(action: OperatorAction): boolean {
  return dangers[action] !== null
}

/** A titulaire has every right by their role: none is given to them. */
function changesRights(wanted: Entitled, before: Entitled): boolean {
  const changes = (right: GivenRight): boolean =>
    wanted.rights.includes(right) !== before.rights.includes(right)
  return wanted.role !== 'titulaire' && givenRights.some(changes)
}
