import { stat } from 'node:fs/promises'
import type BetterSqlite3 from 'better-sqlite3'
import { hadDatabase } from './in-use.ts'
import { migrationsFor } from './migrations/index.ts'
import { checkPlace } from './open.ts'
import { isMarkedDamaged } from './restore.ts'
import { checkSize } from './soundness.ts'
import { StorageError, toStorageError } from './storage-error.ts'

type Database = BetterSqlite3.Database

/** A database as it is found, by who does not use it. */
export type DatabaseLook =
  /** Nothing was ever written here. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'open'
      readonly bytes: number
      /** Whether what is written goes to a write-ahead log first. */
      readonly wal: boolean
      /** Whether it lacks migrations that we know. */
      readonly older: boolean
      /** Whether `quick_check` found some of its pages damaged. */
      readonly damaged: boolean
      /** When a copy of all its pages was last found sound, UTC ISO 8601. */
      readonly soundAt: string | null
    }

/** Somebody who writes is waited for that long. In milliseconds. */
const patienceMs = 1000

/**
 * Looks at a database as a diagnosis may: it is opened and could be written, but is left as it is, without a row more
 * or a migration. Blocks its thread: never the main one. Rejects with `StorageError`.
 */
export async function lookAtDatabase(file: string): Promise<DatabaseLook> {
  if (!(await checkPlace(file))) {
    if (hadDatabase(file)) throw new StorageError('missing-database')
    return { kind: 'none' }
  }
  await checkSize(file)
  const { default: Sqlite } = await import('better-sqlite3')
  try {
    const database = new Sqlite(file, { fileMustExist: true, timeout: patienceMs })
    try {
      const older = lacksMigrations(database)
      // Only a write tells that it can be written (open.ts); nothing reads this number, and it is not kept.
      database.exec('begin immediate; pragma user_version = 0; rollback')
      const { size: bytes } = await stat(file)
      return {
        kind: 'open',
        bytes,
        wal: database.pragma('journal_mode', { simple: true }) === 'wal',
        older,
        damaged: isMarkedDamaged(file),
        soundAt: lastBackup(database),
      }
    } finally {
      database.close()
    }
  } catch (error) {
    throw toStorageError(error)
  }
}

function lacksMigrations(database: Database): boolean {
  const known = Object.keys(migrationsFor('sqlite'))
  const done: unknown[] = database.prepare('select name from kysely_migration').pluck().all()
  if (done.some((name) => !known.some((ours) => ours === name))) throw new StorageError('newer-schema')
  return done.length < known.length
}

/** Each backup is examined whole, and its row says when. */
function lastBackup(database: Database): string | null {
  const at: unknown = database
    .prepare("select at from journal where kind = 'database.backed-up' order by seq desc limit 1")
    .pluck()
    .get()
  return typeof at === 'string' ? at : null
}
