import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { OperatorTable } from '../storage/schema.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { StorageError } from '../storage/storage-error.ts'
import type { Rpps } from './national-id.ts'
import { roles } from './operator.ts'
import type { Operator, Role } from './operator.ts'

/** An operator to create; the repository draws the id. `passwordHash` is a PHC string. */
export type NewOperator = Omit<Operator, 'id'> & { readonly passwordHash: string }

export type Insertion =
  | { readonly kind: 'inserted'; readonly operator: Operator }
  /** An operator has the code, or journal rows still refer to it. */
  | { readonly kind: 'code-taken' }
  | { readonly kind: 'rpps-taken' }

/** The operators of the pharmacy. Every method rejects with `StorageError` only. */
export type OperatorRepository = {
  /** `code` in its stored form. */
  readonly byCode: (code: string) => Promise<Operator | null>
  readonly byId: (id: string) => Promise<Operator | null>
  readonly byRpps: (rpps: Rpps) => Promise<Operator | null>
  /** The same within a write transaction: what it reads holds until the commit. */
  readonly byIdIn: (trx: Transaction, id: string) => Promise<Operator | null>
  readonly byRppsIn: (trx: Transaction, rpps: Rpps) => Promise<Operator | null>
  readonly count: () => Promise<number>
  /** The PHC string of the operator's password, or null when there is no such operator. */
  readonly passwordHashOf: (id: string) => Promise<string | null>
  /** Gives an operator an RPPS that nobody has, in place of the one they had. */
  readonly setRpps: (trx: Transaction, id: string, rpps: Rpps) => Promise<void>
  /** `passwordHash`: a PHC string. */
  readonly setPasswordHash: (trx: Transaction, id: string, passwordHash: string) => Promise<void>
  readonly insert: (trx: Transaction, operator: NewOperator) => Promise<Insertion>
  /** The same, on condition that there is no operator yet: two programs cannot both create the first. */
  readonly insertFirst: (
    trx: Transaction,
    operator: NewOperator,
  ) => Promise<Insertion | { readonly kind: 'not-first' }>
}

export function createOperatorRepository({
  storage,
  clock,
}: {
  storage: Storage
  clock: Clock
}): OperatorRepository {
  const one = (column: Key, value: string): Promise<Operator | null> =>
    storage.read((db) => oneIn(db, column, value))

  const insert = async (trx: Transaction, operator: NewOperator): Promise<Insertion> => {
    if (await codeIsTaken(trx, operator.code)) return { kind: 'code-taken' }
    if (operator.rpps !== null && (await rppsIsTaken(trx, operator.rpps))) return { kind: 'rpps-taken' }
    const row = toTable(randomUUID(), operator, clock.now())
    await trx.insertInto('operator').values(row).execute()
    return { kind: 'inserted', operator: fromTable(row) }
  }

  return {
    byCode: (code) => one('code', code),
    byId: (id) => one('id', id),
    byRpps: (rpps) => one('rpps', rpps.digits),
    byIdIn: (trx, id) => oneIn(trx, 'id', id),
    byRppsIn: (trx, rpps) => oneIn(trx, 'rpps', rpps.digits),
    count: () => storage.read(countOf),
    passwordHashOf: async (id) => {
      const row = await storage.read((db) =>
        db.selectFrom('operator').select('password_hash').where('id', '=', id).executeTakeFirst(),
      )
      return row?.password_hash ?? null
    },
    setRpps: async (trx, id, rpps) => {
      await trx.updateTable('operator').set({ rpps: rpps.digits }).where('id', '=', id).execute()
    },
    setPasswordHash: async (trx, id, passwordHash) => {
      await trx.updateTable('operator').set({ password_hash: passwordHash }).where('id', '=', id).execute()
    },
    insert,
    insertFirst: async (trx, operator) =>
      (await countOf(trx)) > 0 ? { kind: 'not-first' } : insert(trx, operator),
  }
}

type Key = 'id' | 'code' | 'rpps'

async function oneIn(db: Storage['db'], column: Key, value: string): Promise<Operator | null> {
  const row = await db.selectFrom('operator').selectAll().where(column, '=', value).executeTakeFirst()
  return row === undefined ? null : fromTable(row)
}

async function countOf(db: Storage['db']): Promise<number> {
  const { count } = await db
    .selectFrom('operator')
    .select((select) => select.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function codeIsTaken(trx: Transaction, code: string): Promise<boolean> {
  const operator = await trx.selectFrom('operator').select('id').where('code', '=', code).executeTakeFirst()
  if (operator !== undefined) return true
  const row = await trx
    .selectFrom('journal')
    .select('seq')
    .where('operator_code', '=', code)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

async function rppsIsTaken(trx: Transaction, rpps: Rpps): Promise<boolean> {
  const row = await trx.selectFrom('operator').select('id').where('rpps', '=', rpps.digits).executeTakeFirst()
  return row !== undefined
}

function toTable(id: string, operator: NewOperator, createdAt: Date): OperatorTable {
  return {
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
    created_at: createdAt.toISOString(),
  }
}

function fromTable(row: OperatorTable): Operator {
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
  }
}

/** A role that we do not know gives no rights at all: the row is refused as damaged. */
function roleOf({ role }: OperatorTable): Role {
  const known = roles.find((candidate) => candidate === role)
  if (known === undefined) throw new StorageError('corrupt', new Error('unknown role'))
  return known
}
