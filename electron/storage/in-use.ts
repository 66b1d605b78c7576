import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { openToSameAccounts } from './accounts.ts'
import { makeEmpty } from './open.ts'
import { StorageError, toStorageError } from './storage-error.ts'
import type { Storage } from './storage.ts'

/** A lock that is held until it is let go, or until its process ends, however it does. */
export type Hold = { readonly release: () => void }

/**
 * The file that says, beside a database, that there is one: it is made with the first, and stays. Whoever has the
 * database open holds it; what puts another in its place holds it alone. It is empty, there for SQLite's locks only:
 * those of the database itself cannot be asked for once that is damaged.
 */
function signOf(database: string): string {
  return `${database}.usage`
}

/** Whether a database was made here once, even if it is not there any more. */
export function hadDatabase(database: string): boolean {
  return existsSync(signOf(database))
}

/** Whether the database's folder is there, and nothing in it that bears the database's name; an empty file is nothing. */
export function isMissing(database: string): boolean {
  const found = statSync(database, { throwIfNoEntry: false })
  const nothing = found === undefined || (found.isFile() && found.size === 0)
  return nothing && existsSync(path.dirname(database))
}

/** Holds the database with others. Rejects with `StorageError`: `busy` while it is being replaced. */
export function holdWithOthers(database: string): Promise<Hold> {
  return hold(database, 'begin; select count(*) from sqlite_master')
}

/** Holds the database alone. Rejects with `StorageError`: `busy` while anybody else holds it. */
export function holdAlone(database: string): Promise<Hold> {
  // On a file that it may not write, SQLite silently begins a transaction that reads, beside the others': the write,
  // which is never committed and needs no file beside this one, is what fails there.
  return hold(database, 'pragma journal_mode = memory; begin exclusive; pragma user_version = 1')
}

/**
 * Opens a database that nothing takes the place of until it is closed. Rejects as `open` does, or with `StorageError`:
 * `busy` while it is being replaced.
 */
export async function openHeld(database: string, open: () => Promise<Storage>): Promise<Storage> {
  // The sign is not made before there is a database: it would say for ever that there was one.
  const before = hadDatabase(database) ? await holdWithOthers(database) : null
  let storage: Storage | null = null
  try {
    storage = await open()
    const opened = storage
    const held = before ?? (await holdWithOthers(database))
    return { ...opened, close: () => opened.close().finally(held.release) }
  } catch (error) {
    await storage?.close()
    before?.release()
    throw error
  }
}

async function hold(database: string, statements: string): Promise<Hold> {
  const { default: Sqlite } = await import('better-sqlite3')
  const sign = signOf(database)
  try {
    const isNew = await makeEmpty(sign)
    const lock = new Sqlite(sign, { timeout: 0, fileMustExist: true })
    try {
      lock.exec(statements)
      // Who may write the database may replace it, whoever was the first to open it. Nothing is lost where the sign
      // cannot be given: it cannot be held alone there.
      if (isNew || process.getuid?.() === 0) await openToSameAccounts(sign, database).catch(() => undefined)
    } catch (error) {
      lock.close()
      throw error
    }
    return { release: () => lock.close() }
  } catch (error) {
    throw faultOfSign(error)
  }
}

/** A sign that is not what we made says nothing of the database, which may be sound. */
function faultOfSign(error: unknown): StorageError {
  if (error instanceof TypeError) return new StorageError('missing-folder', error)
  const fault = toStorageError(error)
  return fault.kind === 'corrupt' ? new StorageError('unavailable', error) : fault
}
