import { existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Clock } from '../clock.ts'
import { openToSameAccounts } from './accounts.ts'
import { copyDatabase, fileOnDisk, listOnDisk } from './backup.ts'
import { holdAlone } from './in-use.ts'
import { openStorage } from './open.ts'
import { dayHere } from './rotation.ts'
import { examine, type Contents, type IsChained } from './soundness.ts'
import { toStorageError } from './storage-error.ts'
import type { Storage } from './storage.ts'

/** What a database is made of. The last two are SQLite's, and belong to no other database. */
const parts = ['', '-wal', '-shm'] as const

type Replacement = {
  readonly database: string
  readonly backup: string
  readonly isChained: IsChained
  readonly clock: Clock
  /** The name under which what is there now is kept. */
  readonly setAside: string
  /** Writes the first journal row of the database that takes its place, and resolves to its place in the chain. */
  readonly record: (storage: Storage, contents: Contents) => Promise<RowPlace>
}

type RowPlace = { readonly seq: number; readonly hash: string }

export type Restored =
  /** `head`: the backup's; `first`: the row that tells of it, which the journal now ends with. */
  | {
      readonly kind: 'restored'
      readonly head: Contents['head']
      readonly workstation: string
      readonly first: RowPlace
    }
  /** Some program of Comptoir uses the database. */
  | { readonly kind: 'in-use' }
  /** The backup cannot be read whole, or is of a more recent version. */
  | { readonly kind: 'not-sound' }

/**
 * Puts a copy of a sound backup in the place of the database, which is kept beside it under another name, with what
 * belongs to it. The copy is ready, with its first row, before anything moves. Rejects with `StorageError`, and then
 * all is as it was. For a thread of its own: it examines the backup whole.
 */
export async function replaceDatabase(replacement: Replacement): Promise<Restored> {
  const { database, backup, isChained } = replacement
  const contents = await examine(backup, isChained).catch(() => null)
  if (contents === null) return { kind: 'not-sound' }
  const hold = await holdAlone(database).catch(unlessBusy)
  if (hold === 'busy') return { kind: 'in-use' }
  try {
    const first = await prepare(replacement, contents)
    await exchange(replacement)
    return { kind: 'restored', ...contents, first }
  } catch (error) {
    for (const part of parts) await rm(`${preparedFor(database)}${part}`, { force: true })
    throw toStorageError(error)
  } finally {
    hold.release()
  }
}

/** A free name for a database that is set aside: what happened to it, and when, here. */
export function nameAside(database: string, what: 'abimee' | 'remplacee', now: Date): string {
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()]
  const name = `${database}.${what}-${dayHere(now)}-${time.map((part) => String(part).padStart(2, '0')).join('')}`
  let free = name
  for (let more = 2; !isFree(free); more++) free = `${name}-${more}`
  return free
}

function isFree(name: string): boolean {
  return parts.every((part) => !existsSync(`${name}${part}`))
}

/** Says that the database was found damaged: it is not used any more until a backup has taken its place. */
export async function markDamaged(database: string): Promise<void> {
  // Never through a link that stands there: an administrator would empty what it leads to.
  await writeFile(markOf(database), '', { flag: 'wx' }).catch(unlessThere)
}

/** Whether the database was found damaged by a program that went on using it. */
export function isMarkedDamaged(database: string): boolean {
  return existsSync(markOf(database))
}

/** It was a mistake. */
export async function unmark(database: string): Promise<void> {
  await rm(markOf(database), { force: true })
}

function markOf(database: string): string {
  return `${database}.abimee`
}

function preparedFor(database: string): string {
  return `${database}.reprise`
}

/** A copy of its own, of this version, that nothing but its name keeps from being the database. */
async function prepare(
  { database, backup, clock, record }: Replacement,
  contents: Contents,
): Promise<RowPlace> {
  const prepared = preparedFor(database)
  for (const part of parts) await rm(`${prepared}${part}`, { force: true })
  await copyDatabase(backup, prepared)
  const place = { url: `sqlite:${path.basename(prepared)}`, dataDir: path.dirname(prepared) }
  const storage = await openStorage({ ...place, clock })
  let first: RowPlace
  try {
    first = await record(storage, contents)
  } finally {
    await storage.close()
  }
  await openToSameAccounts(prepared, database)
  await fileOnDisk(prepared)
  return first
}

/**
 * The database goes first: without it, whatever happens next, the next start asks again. Its WAL goes before anything
 * takes its place: SQLite would write it into the other.
 */
async function exchange({ database, setAside }: Replacement): Promise<void> {
  const moved: [from: string, to: string][] = []
  const move = async (from: string, to: string): Promise<void> => {
    await rename(from, to)
    moved.unshift([from, to])
  }
  try {
    for (const part of parts) {
      if (existsSync(`${database}${part}`)) await move(`${database}${part}`, `${setAside}${part}`)
    }
    await move(preparedFor(database), database)
    await unmark(database)
    await listOnDisk(path.dirname(database))
  } catch (error) {
    for (const [from, to] of moved) await rename(to, from)
    throw error
  }
}

function unlessThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
}

function unlessBusy(error: unknown): 'busy' {
  const fault = toStorageError(error)
  if (fault.kind === 'busy') return 'busy'
  throw fault
}
