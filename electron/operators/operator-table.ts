import type { OperatorTable } from '../storage/schema.ts'
import { searchText } from '../storage/search-text.ts'
import { StorageError } from '../storage/storage-error.ts'
import { roles, type Operator, type Role } from './operator.ts'
import { givenRights, type GivenRight } from './rights.ts'

/** An operator to create; the repository draws the id. `passwordHash` is a PHC string. */
export type NewOperator = Omit<Operator, 'id'> & {
  readonly passwordHash: string
  /** The password is to be changed at the first login. */
  readonly provisional?: boolean
}

/** An operator with what only who manages the team looks at. Instants are UTC ISO 8601, days `YYYY-MM-DD`. */
export type Member = {
  readonly operator: Operator
  /** The password is to be changed at the next login. */
  readonly provisional: boolean
  readonly departedAt: string | null
  /** The end of their card's validity, as last seen. */
  readonly cardUntil: string | null
  readonly createdAt: string
  /** The version of what a form edits; it only grows. */
  readonly changedAt: string
}

/** The row of a new operator, created at an instant. */
export function newRow(id: string, operator: NewOperator, createdAt: string): OperatorTable {
  const row = {
    id,
    code: operator.code,
    first_name: operator.firstName,
    last_name: operator.lastName,
    role: operator.role,
    rpps: operator.rpps?.digits ?? null,
    password_hash: operator.passwordHash,
    suspended: operator.suspended ? 1 : 0,
    first_day: operator.firstDay,
    last_day: operator.lastDay,
    created_at: createdAt,
    ...rightsColumns(operator.rights),
    provisional: operator.provisional === true ? 1 : 0,
    departed_at: null,
    told_at: null,
    card_until: null,
    changed_at: createdAt,
  }
  return { ...row, search_text: searchText(row) }
}

/** The columns of what a titulaire gave. */
export function rightsColumns(rights: readonly GivenRight[]) {
  return {
    manages_operators: rights.includes('manage-operators') ? 1 : 0,
    reads_journal: rights.includes('read-journal') ? 1 : 0,
  }
}

/** Throws `StorageError` (`corrupt`) for a row that no version of Comptoir writes. */
export function operatorOf(row: OperatorTable): Operator {
  return {
    id: row.id,
    code: row.code,
    firstName: row.first_name,
    lastName: row.last_name,
    role: roleOf(row),
    rpps: row.rpps === null ? null : { kind: 'rpps', digits: row.rpps },
    suspended: row.suspended === 1,
    firstDay: row.first_day,
    lastDay: row.last_day,
    rights: rightsOf(row),
  }
}

/** Throws as `operatorOf` does. */
export function memberOf(row: OperatorTable): Member {
  return {
    operator: operatorOf(row),
    provisional: row.provisional === 1,
    departedAt: row.departed_at,
    cardUntil: row.card_until,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  }
}

function rightsOf(row: OperatorTable): GivenRight[] {
  return givenRights.filter((right) =>
    right === 'manage-operators' ? row.manages_operators === 1 : row.reads_journal === 1,
  )
}

/** A role that we do not know gives no rights at all: the row is refused as damaged. */
function roleOf({ role }: OperatorTable): Role {
  const known = roles.find((candidate) => candidate === role)
  if (known === undefined) throw new StorageError('corrupt', new Error('unknown role'))
  return known
}
