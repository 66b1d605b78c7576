import { sql, type ExpressionBuilder, type ExpressionWrapper, type SqlBool } from 'kysely'
import { assertNever } from '../assert-never.ts'
import type { Clock } from '../clock.ts'
import type { shownOperators } from '../ipc/operator-views.ts'
import type { Schema } from '../storage/schema.ts'
import { searchForm } from '../storage/search-text.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { parseRpps } from './national-id.ts'
import { localDay, parseOperatorCode, type Operator, type Role } from './operator.ts'
import { memberOf, operatorOf, type Member } from './operator-table.ts'

/** Which operators, and which of those found. */
export type TeamSearch = {
  /** As typed: each word is found in the names, the code or the RPPS, accents and case ignored. */
  readonly search: string
  readonly shown: (typeof shownOperators)[number]
  readonly offset: number
  readonly limit: number
}
/** A time that somebody came in; `means` as the journal has it, `workstation` its id. */
export type Login = { readonly at: string; readonly means: string | null; readonly workstation: string }

/** What is asked of the whole team. Every method rejects with `StorageError` only. */
export type TeamQueries = {
  readonly memberById: (id: string) => Promise<Member | null>
  /** The exact code first, then by last name; `total`: how many are found in all. */
  readonly search: (search: TeamSearch) => Promise<{ total: number; members: Member[] }>
  /** Everybody but who departed, by last name. */
  readonly all: () => Promise<Member[]>
  /** Those not departed who are of these roles without an RPPS, or whose last day or card ends by the days given. */
  readonly toForesee: (asked: {
    readonly roles: readonly Role[]
    readonly lastDayBy: string
    readonly cardBy: string
  }) => Promise<Member[]>
  /** The last times an operator came in, newest first. */
  readonly lastLogins: (id: string, count: number) => Promise<Login[]>
  /** The smallest number from 1 on that is nobody's code, and to which no journal row refers. */
  readonly nextFreeCode: () => Promise<string>
  /** Every titulaire, whether they may work today or not. With `trx`, what is read holds until the commit. */
  readonly titulaires: (trx?: Transaction) => Promise<Operator[]>
  /** Which of these codes nobody may be given: they are somebody's, or journal rows refer to them. */
  readonly takenCodes: (codes: readonly string[], trx?: Transaction) => Promise<ReadonlySet<string>>
  /** Which of these RPPS (eleven digits) are somebody's. */
  readonly takenRpps: (digits: readonly string[], trx?: Transaction) => Promise<ReadonlySet<string>>
}

export function createTeamQueries({ storage, clock }: { storage: Storage; clock: Clock }): TeamQueries {
  const among = <T>(trx: Transaction | undefined, work: (db: Storage['db']) => Promise<T>): Promise<T> =>
    trx === undefined ? storage.read(work) : work(trx)

  return {
    memberById: (id) =>
      storage.read(async (db) => {
        const row = await db.selectFrom('operator').selectAll().where('id', '=', id).executeTakeFirst()
        return row === undefined ? null : memberOf(row)
      }),
    search: (search) => storage.read((db) => found(db, search, localDay(clock.now()))),
    all: () =>
      storage.read(async (db) => {
        const rows = await db
          .selectFrom('operator')
          .selectAll()
          .where('departed_at', 'is', null)
          .orderBy('search_text')
          .execute()
        return rows.map(memberOf)
      }),
    toForesee: ({ roles, lastDayBy, cardBy }) =>
      storage.read(async (db) => {
        const rows = await db
          .selectFrom('operator')
          .selectAll()
          .where('departed_at', 'is', null)
          .where((where) =>
            where.or([
              where.and([where('rpps', 'is', null), where('role', 'in', [...roles])]),
              where('last_day', '<=', lastDayBy),
              where('card_until', '<=', cardBy),
            ]),
          )
          .orderBy('search_text')
          .execute()
        return rows.map(memberOf)
      }),
    lastLogins: (id, count) =>
      storage.read((db) =>
        db
          .selectFrom('journal')
          .select(['at', 'means', 'workstation'])
          .where('operator_id', '=', id)
          .where('kind', '=', 'identification.succeeded')
          .orderBy('at', 'desc')
          .orderBy('seq', 'desc')
          .limit(count)
          .execute(),
      ),
    nextFreeCode: () => storage.read(nextFreeCode),
    titulaires: (trx) =>
      among(trx, async (db) => {
        const rows = await db.selectFrom('operator').selectAll().where('role', '=', 'titulaire').execute()
        return rows.map(operatorOf)
      }),
    takenCodes: (codes, trx) => among(trx, (db) => takenCodes(db, codes)),
    takenRpps: (digits, trx) =>
      among(trx, async (db) => {
        if (digits.length === 0) return new Set()
        const rows = await db
          .selectFrom('operator')
          .select('rpps')
          .where('rpps', 'in', [...digits])
          .execute()
        return new Set(rows.flatMap(({ rpps }) => rpps ?? []))
      }),
  }
}

async function found(
  db: Storage['db'],
  { search, shown, offset, limit }: TeamSearch,
  today: string,
): Promise<{ total: number; members: Member[] }> {
  const wanted = db
    .selectFrom('operator')
    .where((where) =>
      where.and([
        presenceOf(where, shown, today),
        ...wordsOf(search).map((word) => sql<SqlBool>`search_text like ${`%${word}%`} escape '\\'`),
      ]),
    )
  const { count } = await wanted
    .select((select) => select.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  // The exact code comes first, whatever the order of names: by itself, so that the others come by their index.
  const code = parseOperatorCode(search)
  const exact =
    code === null ? undefined : await wanted.selectAll().where('code', '=', code).executeTakeFirst()
  const skipped = exact === undefined ? 0 : 1
  const others = await wanted
    .selectAll()
    .$if(exact !== undefined, (query) => query.where('code', '!=', code ?? ''))
    .orderBy('search_text')
    .orderBy('id')
    .offset(Math.max(0, offset - skipped))
    .limit(offset === 0 ? limit - skipped : limit)
    .execute()
  const first = exact !== undefined && offset === 0 ? [exact] : []
  return { total: Number(count), members: [...first, ...others].map(memberOf) }
}

/** What must each be found; an RPPS, however it is spaced, is one word. */
function wordsOf(search: string): string[] {
  const rpps = parseRpps(search)
  const words = rpps === null ? searchForm(search).split(' ') : [rpps.digits]
  return words.filter((word) => word !== '').map((word) => word.replaceAll(/[\\%_]/gu, String.raw`\$&`))
}

type Where = ExpressionBuilder<Schema, 'operator'>
type Condition = ExpressionWrapper<Schema, 'operator', SqlBool>

function presenceOf(where: Where, shown: TeamSearch['shown'], today: string): Condition {
  const here = where('departed_at', 'is', null)
  const over = where('last_day', '<', today)
  switch (shown) {
    case 'team':
      return where.and([
        here,
        where('suspended', '=', 0),
        where.or([where('last_day', 'is', null), where('last_day', '>=', today)]),
      ])
    case 'suspended':
      return where.and([here, where.or([where('suspended', '=', 1), over])])
    case 'departed':
      return where('departed_at', 'is not', null).$castTo<SqlBool>()
    case 'all':
      return where.and([])
    default:
      return assertNever(shown)
  }
}

async function nextFreeCode(db: Storage['db']): Promise<string> {
  const rows = await db.selectFrom('operator').select('code').execute()
  const codes = new Set(rows.map(({ code }) => code))
  let number = 1
  while (codes.has(String(number)) || (await isReferredTo(db, String(number)))) number += 1
  return String(number)
}

async function takenCodes(db: Storage['db'], codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set()
  const rows = await db
    .selectFrom('operator')
    .select('code')
    .where('code', 'in', [...codes])
    .execute()
  const taken = new Set(rows.map(({ code }) => code))
  const free = codes.filter((code) => !taken.has(code))
  if (free.length === 0) return taken
  const referred = await db
    .selectFrom('journal')
    .select('operator_code')
    .distinct()
    .where('operator_code', 'in', free)
    .execute()
  for (const row of referred) taken.add(row.operator_code ?? '')
  return taken
}

async function isReferredTo(db: Storage['db'], code: string): Promise<boolean> {
  const row = await db
    .selectFrom('journal')
    .select('seq')
    .where('operator_code', '=', code)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
