import path from 'node:path'
import Sqlite from 'better-sqlite3'
import type { JournalTable } from '../../storage/schema.ts'
import { firstPreviousHash, hashOf } from '../chain.ts'
import { fromTable } from '../rows.ts'

/** What somebody does to the database with a tool of their own. */
export type Edit = (database: Sqlite.Database) => void

/** Takes every trigger away, then edits the file as nobody but its owner should. */
export function tamper(dataDir: string, edit: Edit, name = 'comptoir.db'): void {
  const database = new Sqlite(path.join(dataDir, name))
  const triggers = database
    .prepare<[], string>("select name from sqlite_master where type = 'trigger'")
    .pluck()
    .all()
  for (const trigger of triggers) database.exec(`drop trigger ${trigger}`)
  edit(database)
  database.close()
}

/** One or several statements. */
export const run =
  (statements: string): Edit =>
  (database) =>
    void database.exec(statements)

/** Adds `by` to the numbers from `from` on, so that none is ever there twice. */
export const renumber =
  (from: number, by: number): Edit =>
  (database) =>
    void database.exec(`update journal set seq = -seq where seq >= ${from};
      update journal set seq = -seq + ${by} where seq <= -${from}`)

export const each =
  (...edits: readonly Edit[]): Edit =>
  (database) => {
    for (const edit of edits) edit(database)
  }

/** Puts the rows in the order of `places`: the first of these goes where the smallest is, and so on. */
export const permute =
  (...places: readonly number[]): Edit =>
  (database) => {
    database.exec(`update journal set seq = -seq where seq in (${places.join()})`)
    const sorted = [...places].sort((a, b) => a - b)
    for (const [index, place] of places.entries()) {
      database.exec(`update journal set seq = ${sorted[index] ?? place} where seq = -${place}`)
    }
  }

/** Exchanges what two rows say: their hashes stay where they were. */
export const exchangeContents =
  (one: number, other: number): Edit =>
  (database) => {
    const columns =
      'at, workstation, operator_id, operator_code, kind, outcome, means, module, reference, details'
    database.exec(`create temp table was as select * from journal;
      update journal set (${columns}) =
        (select ${columns} from was where was.seq = ${one + other} - journal.seq)
        where seq in (${one}, ${other})`)
  }

/** A copy of the row `of` under the free number `at`, with changes. */
export const copyTo =
  (of: number, at: number, change: Partial<JournalTable> = {}): Edit =>
  (database) => {
    const row = database.prepare<[number], JournalTable>('select * from journal where seq = ?').get(of)
    insert(database, { ...must(row), ...change, seq: at })
  }

/** Hashes the row anew, as if it had been written where it is. */
export const hashAgain =
  (seq: number): Edit =>
  (database) => {
    const row = must(database.prepare<[number], JournalTable>('select * from journal where seq = ?').get(seq))
    const previous = database
      .prepare<[number], string>('select hash from journal where seq = ?')
      .pluck()
      .get(seq - 1)
    database
      .prepare('update journal set hash = ? where seq = ?')
      .run(hashOf(previous ?? firstPreviousHash, fromTable(row)), seq)
  }

/** Hashes all rows from `seq` on anew: the chain holds together. */
export const rewriteFrom =
  (seq: number): Edit =>
  (database) => {
    const seqs = database
      .prepare<[number], number>('select seq from journal where seq >= ? order by seq')
      .pluck()
      .all(seq)
    for (const one of seqs) hashAgain(one)(database)
  }

function insert(database: Sqlite.Database, row: JournalTable): void {
  database
    .prepare(
      `insert into journal values (@seq, @at, @workstation, @operator_id, @operator_code, @kind, @outcome, @means,
        @module, @reference, @details, @hash)`,
    )
    .run(row)
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no such row')
  return value
}
