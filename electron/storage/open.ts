import { constants, statSync, type Stats } from 'node:fs'
import { access, lstat, open, stat } from 'node:fs/promises'
import path from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { Kysely } from 'kysely'
import type { Clock } from '../clock.ts'
import { openToWritersOf } from './accounts.ts'
import { migrate, needsMigration } from './migrate.ts'
import { patiently } from './patiently.ts'
import type { Schema } from './schema.ts'
import { checkSize } from './soundness.ts'
import { ImmediateSqliteDialect } from './sqlite-dialect.ts'
import { createStorage } from './storage.ts'
import type { Storage } from './storage.ts'
import { StorageError, toStorageError } from './storage-error.ts'

type Sqlite = typeof BetterSqlite3

/**
 * Opens the database that `url` (`sqlite:NAME`, relative to `dataDir`) names, creating it in an existing folder and
 * bringing its schema up to date. A file that is damaged or more recent than this program is left byte for byte as
 * it is. Only the header and the list of migrations are read; a scan of all pages is somebody else's, later.
 * `existing`: one that is not there is not made (`missing-database`). Rejects with `StorageError`.
 */
export async function openStorage({
  url,
  dataDir,
  clock,
  existing = false,
}: {
  url: string
  dataDir: string
  clock: Clock
  existing?: boolean
}): Promise<Storage> {
  const file = databaseFile(url, dataDir)
  const exists = await checkPlace(file)
  if (existing && !exists) throw new StorageError('missing-database')
  // Loaded on first use: a native module is not on the way to the first window.
  const { default: Sqlite } = await import('better-sqlite3')
  if (exists) await patiently(clock, () => inspect(Sqlite, file))
  else await makeForWriters(file)
  const db = kyselyOver(await patiently(clock, () => connect(Sqlite, file)))
  const opened = found(file)
  const storage = createStorage({
    db,
    clock,
    // A file that is still open takes writes that nobody will read once it has lost its name.
    begun: async () => {
      if (isSameFile(opened, found(file))) return
      throw new StorageError('missing-folder', new Error(`${file} was removed or replaced`))
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

/** The database file that `url` names; throws `StorageError` on what is not `sqlite:NAME`. */
export function databaseFile(url: string, dataDir: string): string {
  const name = /^sqlite:(?<name>.+)$/u.exec(url)?.groups?.['name']
  if (name === undefined) throw new StorageError('unavailable', new Error('expected sqlite:NAME'))
  return path.resolve(dataDir, name)
}

/**
 * WAL keeps two files beside the database: its folder must be writable too. Says whether there is a database; rejects
 * with `StorageError`.
 */
export async function checkPlace(file: string): Promise<boolean> {
  try {
    await access(path.dirname(file), constants.W_OK)
    await refuseForeignLink(file)
    const size = await sizeOf(file)
    if (size !== null) await access(file, constants.W_OK)
    return size !== null && size > 0
  } catch (error) {
    throw toStorageError(error)
  }
}

/**
 * Where everybody writes, another account's link in the place of the database would have an administrator bring what it
 * leads to up to date. One's own, and root's, who may keep the data on another disk, are followed.
 */
async function refuseForeignLink(file: string): Promise<void> {
  const found = await lstat(file).catch(unlessCode('ENOENT'))
  if (found?.isSymbolicLink() !== true || found.uid === 0 || found.uid === process.getuid?.()) return
  throw new StorageError(
    'unavailable',
    new Error("another account's link stands in the place of the database"),
  )
}

/**
 * SQLite makes its database with the umask of whoever comes first, and gives its other files the rights of that one: it
 * must have them before it has a WAL. It would also make it where a link leads, which `makeEmpty` does not.
 */
async function makeForWriters(file: string): Promise<void> {
  try {
    if (await makeEmpty(file)) await openToWritersOf(path.dirname(file), file).catch(() => undefined)
  } catch (error) {
    throw toStorageError(error)
  }
}

/** Makes an empty file that is its owner's; false: the name is taken, if only by a link that leads nowhere. */
export async function makeEmpty(file: string): Promise<boolean> {
  const handle = await open(file, 'wx', 0o600).catch(unlessCode('EEXIST'))
  await handle?.close()
  return handle !== null
}

function unlessCode(code: string): (error: unknown) => null {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === code) return null
    throw error
  }
}

async function sizeOf(file: string): Promise<number | null> {
  return (await stat(file).catch(unlessCode('ENOENT')))?.size ?? null
}

function found(file: string): Stats | undefined {
  return statSync(file, { throwIfNoEntry: false })
}

/** Some of Windows' disks number no file: there, that one has the name must do. */
function isSameFile(one: Stats | undefined, other: Stats | undefined): boolean {
  return other !== undefined && one?.ino === other.ino && one.dev === other.dev
}

/** Through a connection that cannot write, so that what we refuse to open is not touched, its WAL included. */
async function inspect(Sqlite: Sqlite, file: string): Promise<void> {
  await checkSize(file)
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

async function connect(Sqlite: Sqlite, file: string): Promise<BetterSqlite3.Database> {
  const database = faultsAsStorageErrors(() => new Sqlite(file, { timeout: 0, fileMustExist: true }))
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
  // What retention lets go of is not left readable in the file's free pages.
  database.pragma('secure_delete = ON')
  // SQLite silently falls back on reading alone when it may not write, for a transaction that takes the write lock too:
  // only a write tells. Nothing reads this number.
  database.exec('begin immediate; pragma user_version = 0; rollback')
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
