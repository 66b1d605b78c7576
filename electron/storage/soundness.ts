import { stat } from 'node:fs/promises'
import type BetterSqlite3 from 'better-sqlite3'
import { migrationsFor } from './migrations/index.ts'
import type { CheckpointTable, JournalTable } from './schema.ts'
import { StorageError, toStorageError } from './storage-error.ts'

type Database = BetterSqlite3.Database

/** SQLite, « Database File Format », 1.3.2: the fewest bytes that a database may have. */
const smallestPage = 512

/** The last row of a journal. */
export type Head = { readonly seq: number; readonly hash: string; readonly at: string }

/** Whether a journal row is what was written after the one of that hash; null: it is the first. */
export type IsChained = (row: JournalTable, previousHash: string | null) => boolean

/** What a sound database holds. */
export type Contents = {
  /** Null in an empty journal. */
  readonly head: Head | null
  readonly workstation: string
}

/**
 * Examines a database whole, page by page: for a thread of its own. Sound is what SQLite can read everywhere, of a
 * version that we know, and ends with a row that is what was written. What somebody changed further up is for the
 * verification of the journal to say: it makes no backup worthless. Rejects with `StorageError`: why it is not sound,
 * or cannot be read. Nothing is written.
 */
export async function examine(file: string, isChained: IsChained): Promise<Contents> {
  await checkSize(file)
  return reading(file, (database) => {
    if (!pagesAreSound(database)) throw new StorageError('corrupt', new Error('quick_check'))
    checkVersion(database)
    const head = headOf(database, isChained)
    const id: unknown = database.prepare('select id from workstation').pluck().get()
    if (typeof id !== 'string') throw new StorageError('corrupt', new Error('no workstation row'))
    return { head, workstation: id }
  })
}

/**
 * Whether a database that was examined when it was made can still be read: its header, its version and the end of its
 * journal, at once. Never rejects.
 */
export async function glance(file: string, isChained: IsChained): Promise<boolean> {
  try {
    await checkSize(file)
    await reading(file, (database) => {
      checkVersion(database)
      headOf(database, isChained)
    })
    return true
  } catch {
    return false
  }
}

/** Whether every page is as SQLite wrote it (`quick_check`). Rejects with `StorageError` when it cannot be asked. */
export async function checkPages(file: string): Promise<boolean> {
  try {
    return await reading(file, pagesAreSound)
  } catch (error) {
    if (error instanceof StorageError && error.kind === 'corrupt') return false
    throw error
  }
}

/** The last row that can be read of a damaged database; null when none can. Never rejects. */
export async function lastReadable(file: string): Promise<Head | null> {
  try {
    return await reading(file, (database) => lastRow(database) ?? null)
  } catch {
    return null
  }
}

/** Whether a journal has a row after that one that was written before an instant. Rejects with `StorageError`. */
export function hasEarlierRows(
  file: string,
  { after, before }: { after: number; before: Date },
): Promise<boolean> {
  const query = 'select exists (select 1 from journal where seq > ? and at < ?)'
  return reading(file, (database) => database.prepare(query).pluck().get(after, before.toISOString()) === 1)
}

/**
 * SQLite takes a file shorter than its smallest page for a new database: rejects with `StorageError`. What its header
 * says is for SQLite to read: on POSIX, closing a file that this process has opened itself drops the locks of all its
 * connections to it, in every thread (« How To Corrupt An SQLite Database File », 2.2).
 */
export async function checkSize(file: string): Promise<void> {
  const { size } = await stat(file).catch((error: unknown) => {
    throw toStorageError(error)
  })
  if (size < smallestPage) throw new StorageError('corrupt', new Error('shorter than an SQLite database'))
}

/** Through a connection that cannot write. */
async function reading<T>(file: string, read: (database: Database) => T): Promise<T> {
  const { default: Sqlite } = await import('better-sqlite3')
  try {
    const database = new Sqlite(file, { readonly: true, fileMustExist: true })
    try {
      return read(database)
    } finally {
      database.close()
    }
  } catch (error) {
    throw toStorageError(error)
  }
}

function pagesAreSound(database: Database): boolean {
  return database.pragma('quick_check(1)', { simple: true }) === 'ok'
}

function checkVersion(database: Database): void {
  const known = Object.keys(migrationsFor('sqlite'))
  const done: unknown[] = database.prepare('select name from kysely_migration').pluck().all()
  if (done.some((name) => !known.some((ours) => ours === name))) throw new StorageError('newer-schema')
}

function headOf(database: Database, isChained: IsChained): Head | null {
  const last = lastRow(database)
  if (last === undefined) return null
  const before = database
    .prepare<[number], Pick<JournalTable, 'hash'>>('select hash from journal where seq = ?')
    .get(last.seq - 1)
  const previous = before ?? checkpointAt(database, last.seq - 1)
  if (isChained(last, previous?.hash ?? null)) return last
  throw new StorageError('corrupt', new Error('the journal was changed'))
}

function lastRow(database: Database): JournalTable | undefined {
  return database.prepare<[], JournalTable>('select * from journal order by seq desc limit 1').get()
}

/** What retention left of the row of this number; earlier versions had no retention. */
function checkpointAt(database: Database, seq: number): Pick<CheckpointTable, 'hash'> | undefined {
  const kept = database.prepare("select 1 from sqlite_master where name = 'journal_checkpoint'").get()
  if (kept === undefined) return undefined
  return database
    .prepare<[number], Pick<CheckpointTable, 'hash'>>('select hash from journal_checkpoint where seq = ?')
    .get(seq)
}
