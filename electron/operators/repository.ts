import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { OperatorTable } from '../storage/schema.ts'
import { searchText } from '../storage/search-text.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import type { Rpps } from './national-id.ts'
import type { Operator } from './operator.ts'
import {
  memberOf,
  newRow,
  operatorOf,
  rightsColumns,
  type Member,
  type NewOperator,
} from './operator-table.ts'
import { createTeamQueries, type TeamQueries } from './team-queries.ts'

export type { Member, NewOperator } from './operator-table.ts'

export type Insertion =
  | { readonly kind: 'inserted'; readonly operator: Operator }
  /** An operator has the code, or journal rows still refer to it. */
  | { readonly kind: 'code-taken' }
  | { readonly kind: 'rpps-taken' }

/** What a form changes of an operator. */
export type OperatorChange = Pick<
  Operator,
  'firstName' | 'lastName' | 'role' | 'firstDay' | 'lastDay' | 'rights'
>

/** The operators of the pharmacy. Every method rejects with `StorageError` only. */
export type OperatorRepository = TeamQueries & {
  /** `code` in its stored form. */
  readonly byCode: (code: string) => Promise<Operator | null>
  readonly byId: (id: string) => Promise<Operator | null>
  readonly byRpps: (rpps: Rpps) => Promise<Operator | null>
  /** The same within a write transaction: what it reads holds until the commit. */
  readonly byIdIn: (trx: Transaction, id: string) => Promise<Operator | null>
  readonly byRppsIn: (trx: Transaction, rpps: Rpps) => Promise<Operator | null>
  readonly memberIn: (trx: Transaction, id: string) => Promise<Member | null>
  readonly count: () => Promise<number>
  /** The PHC string of the operator's password, or null when there is no such operator. With `trx`, it holds until the commit. */
  readonly passwordHashOf: (id: string, trx?: Transaction) => Promise<string | null>
  /** Whether the operator's password is to be changed before anything else. */
  readonly isProvisional: (id: string) => Promise<boolean>
  readonly isProvisionalIn: (trx: Transaction, id: string) => Promise<boolean>
  /** Whether the operator was told what the journal records. */
  readonly isTold: (id: string) => Promise<boolean>
  readonly markTold: (trx: Transaction, id: string) => Promise<void>
  readonly insert: (trx: Transaction, operator: NewOperator) => Promise<Insertion>
  /** The same, on condition that there is no operator yet: two programs cannot both create the first. */
  readonly insertFirst: (
    trx: Transaction,
    operator: NewOperator,
  ) => Promise<Insertion | { readonly kind: 'not-first' }>
  readonly update: (trx: Transaction, id: string, change: OperatorChange) => Promise<void>
  /** Gives an operator an RPPS that nobody has, in place of the one they had; null takes it away. */
  readonly setRpps: (trx: Transaction, id: string, rpps: Rpps | null) => Promise<void>
  /** `passwordHash`: a PHC string. `provisional`: it is to be changed at the next login. */
  readonly setPasswordHash: (
    trx: Transaction,
    id: string,
    passwordHash: string,
    provisional?: boolean,
  ) => Promise<void>
  readonly suspend: (trx: Transaction, id: string) => Promise<void>
  readonly resume: (trx: Transaction, id: string) => Promise<void>
  /** « Départ »: suspended for good, without rights nor RPPS; the code stays taken. */
  readonly depart: (trx: Transaction, id: string) => Promise<void>
  /** Remembers the last day of their card (`YYYY-MM-DD`); writes nothing when it is known. */
  readonly setCardUntil: (id: string, day: string) => Promise<void>
}

export function createOperatorRepository({
  storage,
  clock,
}: {
  storage: Storage
  clock: Clock
}): OperatorRepository {
  const team = createTeamQueries({ storage, clock })
  const one = (column: Key, value: string): Promise<Operator | null> =>
    storage.read((db) => oneIn(db, column, value))

  const insert = async (trx: Transaction, operator: NewOperator): Promise<Insertion> => {
    if ((await team.takenCodes([operator.code], trx)).size > 0) return { kind: 'code-taken' }
    if (operator.rpps !== null && (await oneIn(trx, 'rpps', operator.rpps.digits)) !== null) {
      return { kind: 'rpps-taken' }
    }
    const row = newRow(randomUUID(), operator, clock.now().toISOString())
    await trx.insertInto('operator').values(row).execute()
    return { kind: 'inserted', operator: operatorOf(row) }
  }

  /** What is searched in and the version follow whatever changes. */
  const alter = async (trx: Transaction, id: string, change: Partial<OperatorTable>): Promise<void> => {
    const row = await rowIn(trx, 'id', id)
    if (row === undefined) return
    const changed = { ...row, ...change }
    await trx
      .updateTable('operator')
      .set({ ...change, search_text: searchText(changed), changed_at: after(row.changed_at, clock.now()) })
      .where('id', '=', id)
      .execute()
  }

  return {
    ...team,
    byCode: (code) => one('code', code),
    byId: (id) => one('id', id),
    byRpps: (rpps) => one('rpps', rpps.digits),
    byIdIn: (trx, id) => oneIn(trx, 'id', id),
    byRppsIn: (trx, rpps) => oneIn(trx, 'rpps', rpps.digits),
    memberIn: async (trx, id) => {
      const row = await rowIn(trx, 'id', id)
      return row === undefined ? null : memberOf(row)
    },
    count: () => storage.read(countOf),
    passwordHashOf: (id, trx) =>
      trx === undefined ? storage.read((db) => passwordHashOf(db, id)) : passwordHashOf(trx, id),
    isProvisional: (id) => storage.read((db) => isProvisional(db, id)),
    isProvisionalIn: isProvisional,
    isTold: async (id) => {
      const row = await storage.read((db) =>
        db.selectFrom('operator').select('told_at').where('id', '=', id).executeTakeFirst(),
      )
      return row !== undefined && row.told_at !== null
    },
    markTold: async (trx, id) => {
      await trx
        .updateTable('operator')
        .set({ told_at: clock.now().toISOString() })
        .where('id', '=', id)
        .where('told_at', 'is', null)
        .execute()
    },
    insert,
    insertFirst: async (trx, operator) =>
      (await countOf(trx)) > 0 ? { kind: 'not-first' } : insert(trx, operator),
    update: (trx, id, change) =>
      alter(trx, id, {
        first_name: change.firstName,
        last_name: change.lastName,
        role: change.role,
        first_day: change.firstDay,
        last_day: change.lastDay,
        ...rightsColumns(change.rights),
      }),
    setRpps: (trx, id, rpps) => alter(trx, id, { rpps: rpps?.digits ?? null }),
    setPasswordHash: (trx, id, passwordHash, provisional = false) =>
      alter(trx, id, { password_hash: passwordHash, provisional: provisional ? 1 : 0 }),
    suspend: (trx, id) => alter(trx, id, { suspended: 1 }),
    resume: (trx, id) => alter(trx, id, { suspended: 0 }),
    depart: (trx, id) =>
      alter(trx, id, {
        suspended: 1,
        departed_at: clock.now().toISOString(),
        rpps: null,
        card_until: null,
        ...rightsColumns([]),
      }),
    setCardUntil: async (id, day) => {
      const known = await storage.read((db) =>
        db.selectFrom('operator').select('card_until').where('id', '=', id).executeTakeFirst(),
      )
      if (known?.card_until === day) return
      await storage.write((trx) =>
        trx.updateTable('operator').set({ card_until: day }).where('id', '=', id).execute(),
      )
    },
  }
}

type Key = 'id' | 'code' | 'rpps'

function rowIn(db: Storage['db'], column: Key, value: string): Promise<OperatorTable | undefined> {
  return db.selectFrom('operator').selectAll().where(column, '=', value).executeTakeFirst()
}

async function oneIn(db: Storage['db'], column: Key, value: string): Promise<Operator | null> {
  const row = await rowIn(db, column, value)
  return row === undefined ? null : operatorOf(row)
}

async function passwordHashOf(db: Storage['db'], id: string): Promise<string | null> {
  const row = await db.selectFrom('operator').select('password_hash').where('id', '=', id).executeTakeFirst()
  return row?.password_hash ?? null
}

async function isProvisional(db: Storage['db'], id: string): Promise<boolean> {
  const row = await db.selectFrom('operator').select('provisional').where('id', '=', id).executeTakeFirst()
  return row?.provisional === 1
}

async function countOf(db: Storage['db']): Promise<number> {
  const { count } = await db
    .selectFrom('operator')
    .select((select) => select.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The next version: two changes within one millisecond, or with the clock set back, are two versions all the same. */
function after(version: string, now: Date): string {
  return new Date(Math.max(now.getTime(), Date.parse(version) + 1)).toISOString()
}
