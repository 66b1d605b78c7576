import { constants, existsSync } from 'node:fs'
import { access, open, stat } from 'node:fs/promises'
import path from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { Kysely } from 'kysely'
import type { Clock } from '../clock.ts'
import { migrate, needsMigration } from './migrate.ts'
import { patiently } from './patiently.ts'
import type { Schema } from './schema.ts'
import { ImmediateSqliteDialect } from './sqlite-dialect.ts'
import { createStorage } from './storage.ts'
import type { Storage } from './storage.ts'
import { StorageError, toStorageError } from './storage-error.ts'

type Sqlite = typeof BetterSqlite3

/** SQLite, « Database File Format », 1.3: how every database begins, and the fewest bytes it may have. */
const magic = 'SQLite format 3\0'
const smallestPage = 512

/**
 * Opens the database that `url` (`sqlite:NAME`, relative to `dataDir`) names, creating it in an existing folder and
 * bringing its schema up to date. A file that is damaged or more recent than this program is left byte for byte as
 * it is. Only the header and the list of migrations are read; a scan of all pages is somebody else's, later.
 * Rejects with `StorageError`.
 */
export async function openStorage({
  url,
  dataDir,
  clock,
}: {
  url: string
  dataDir: string
  clock: Clock
}): Promise<Storage> {
  const file = sqliteFile(url, dataDir)
  const exists = await checkPlace(file)
  // Loaded on first use: a native module is not on the way to the first window.
  const { default: Sqlite } = await import('better-sqlite3')
  if (exists) await patiently(clock, () => inspect(Sqlite, file))
  const db = kyselyOver(await patiently(clock, () => connect(Sqlite, file)))
  const storage = createStorage({
    db,
    clock,
    // A removed file that is still open takes writes that nobody will read.
    begun: async () => {
      if (!existsSync(file)) throw new StorageError('missing-folder', new Error(`${file} was removed`))
    },
  })
  try {
    await migrate(storage, 'sqlite')
    return storage
  } catch (error) {
    await storage.close()
    throw error
  }
}

/** The database file that `url` names; rejects what is not `sqlite:NAME`. */
function sqliteFile(url: string, dataDir: string): string {
  const name = /^sqlite:(?<name>.+)$/u.exec(url)?.groups?.['name']
  if (name === undefined) throw new StorageError('unavailable', new Error('expected sqlite:NAME'))
  return path.resolve(dataDir, name)
}

/** WAL keeps two files beside the database: its folder must be writable too. Says whether there is a database. */
async function checkPlace(file: string): Promise<boolean> {
  try {
    await access(path.dirname(file), constants.W_OK)
    const size = await sizeOf(file)
    if (size !== null) await access(file, constants.W_OK)
    return size !== null && size > 0
  } catch (error) {
    throw toStorageError(error)
  }
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Through a connection that cannot write, so that what we refuse to open is not touched, its WAL included. */
async function inspect(Sqlite: Sqlite, file: string): Promise<void> {
  await checkHeader(file)
  const db = kyselyOver(faultsAsStorageErrors(() => new Sqlite(file, { readonly: true, timeout: 0 })))
  try {
    await needsMigration(db, 'sqlite')
  } catch (error) {
    // What a crash left half-written is mended by the first connection that may write: that one inspects again.
    if (error instanceof StorageError && error.kind === 'read-only') return
    throw error
  } finally {
    await db.destroy()
  }
}

/** SQLite takes a file shorter than its smallest page for a new database, and would write over it. */
async function checkHeader(file: string): Promise<void> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(smallestPage), 0, smallestPage, 0)
    if (bytesRead === smallestPage && buffer.toString('latin1', 0, magic.length) === magic) return
    throw new StorageError('corrupt', new Error('not the header of an SQLite database'))
  } catch (error) {
    throw toStorageError(error)
  } finally {
    await handle.close()
  }
}

async function connect(Sqlite: Sqlite, file: string): Promise<BetterSqlite3.Database> {
  const database = faultsAsStorageErrors(() => new Sqlite(file, { timeout: 0 }))
  try {
    faultsAsStorageErrors(() => prepare(database))
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function prepare(database: BetterSqlite3.Database): void {
  const mode = database.pragma('journal_mode = WAL', { simple: true })
  if (mode !== 'wal') throw new StorageError('unavailable', new Error(`journal_mode is ${String(mode)}`))
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  // SQLite silently falls back on reading alone when it may not write: better to know it now.
  database.exec('begin immediate; rollback')
}

function faultsAsStorageErrors<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw toStorageError(error)
  }
}

function kyselyOver(database: BetterSqlite3.Database): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new ImmediateSqliteDialect(database) })
}
