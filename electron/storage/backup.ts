import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { openToWritersOf } from './accounts.ts'
import { dayHere, newestFirst, outdated } from './rotation.ts'
import { examine, hasEarlierRows, lastReadable, type Contents, type IsChained } from './soundness.ts'
import { StorageError, toStorageError } from './storage-error.ts'

/** A backup that was found sound. */
export type Backup = Contents & {
  readonly file: string
  /** UTC ISO 8601, as its folder has it. */
  readonly madeAt: string
}

type Source = { readonly database: string; readonly isChained: IsChained }

const backupName = /^comptoir-(?<day>\d{4}-\d\d-\d\d)\.db$/u
/** What a backup is called while it is being written. */
const partial = '.partiel'
/** None takes longer: what is older was left by a program that was killed. */
const longestMs = 60 * 60 * 1000

/**
 * The backup of the day of `now` in `folder`, which is made where its parent is there; null when it is there already,
 * unless it was made when the clock was ahead.
 * Written aside, verified by opening it, then given its name; those of earlier days are then rotated. Rejects with
 * `StorageError`, and leaves no file: an unsound copy is of no use to anybody.
 */
export async function backUpDaily({
  folder,
  now,
  ...source
}: Source & { folder: string; now: Date }): Promise<Backup | null> {
  const today = dayHere(now)
  const file = path.join(folder, nameOf(today))
  try {
    const made = await mkdir(folder, { mode: 0o700 }).then(() => true, unlessThere)
    const isThere = existsSync(file)
    if (isThere && !(await isAhead(file, source.database, today))) return null
    await clearPartial(folder, now)
    await checkRoom(source.database, folder)
    // Whoever comes next restores it, and lets go of it when its time is over. Some disks (FAT, some of the network) give
    // nothing to anybody: everybody has it there already.
    const shared = async (aside: string): Promise<boolean> => {
      if (made) await openToWritersOf(path.dirname(folder), folder).catch(() => undefined)
      await openToWritersOf(folder, aside).catch(() => undefined)
      return isThere ? takePlace(aside, file) : giveName(aside, file)
    }
    const contents = await writeVerified(source, file, shared)
    if (contents === null) return null
    const gone = outdated(
      (await backupsIn(folder)).map(({ day }) => day),
      today,
    )
    for (const day of gone) await rm(path.join(folder, nameOf(day)), { force: true })
    return await backupOf(file, contents)
  } catch (error) {
    throw toStorageError(error)
  }
}

/**
 * Backs the database up to `file`, verified by opening it; null, and nothing is written, when there is a file of that
 * name. Rejects with `StorageError`, and leaves no file.
 */
export async function backUp({ file, ...source }: Source & { file: string }): Promise<Backup | null> {
  try {
    if (existsSync(file)) return null
    const contents = await writeVerified(source, file, giveName)
    return contents === null ? null : await backupOf(file, contents)
  } catch (error) {
    throw toStorageError(error)
  }
}

/** The newest backup of `folder` that is sound, by their days; null when there is none. Never rejects. */
export async function newestSound(folder: string, now: Date, isChained: IsChained): Promise<Backup | null> {
  const found = await backupsIn(folder).catch(() => [])
  // Made when a clock was ahead, or when this one was right: better than nothing.
  const ahead = found.filter(({ day }) => day > dayHere(now))
  for (const { file } of [...found.filter((one) => !ahead.includes(one)), ...ahead]) {
    const contents = await examine(file, isChained).catch(() => null)
    if (contents !== null) return backupOf(file, contents)
  }
  return null
}

/** The newest backup of `folder` by its day, sound or not; null: there is none. Rejects as the file system does. */
export async function newestBackup(
  folder: string,
): Promise<{ readonly file: string; readonly day: string } | null> {
  return (await backupsIn(folder))[0] ?? null
}

/** Whether a database is sound. Never rejects. */
export async function isSound(file: string, isChained: IsChained): Promise<boolean> {
  return examine(file, isChained).then(
    () => true,
    () => false,
  )
}

/** Whether `folder` has backups, sound or not. */
export async function hasBackups(folder: string): Promise<boolean> {
  return (await backupsIn(folder).catch(() => [])).length > 0
}

/**
 * Copies a database as it is at one instant, whatever is written meanwhile, to `file`, which must not be there: a
 * single file that only its owner reads. On the disk when it resolves. Rejects with SQLite's or Node's error; what it
 * wrote then is left.
 */
export async function copyDatabase(database: string, file: string): Promise<void> {
  await (await open(file, 'wx', 0o600)).close()
  const { default: Sqlite } = await import('better-sqlite3')
  const source = new Sqlite(database, { readonly: true, fileMustExist: true })
  try {
    // A reader's view does not move: without it, each row that another connection writes begins the copy again.
    source.exec('begin; select count(*) from sqlite_master')
    await source.backup(file, { progress: () => pagesAtOnce })
  } finally {
    source.close()
  }
  const copy = new Sqlite(file)
  try {
    // The copy's header says WAL, as its source's: read like that, it would want two files beside it.
    copy.pragma('journal_mode = delete')
  } finally {
    copy.close()
  }
  await fileOnDisk(file)
}

/** 4 MB at a time: the thread hears others between. */
const pagesAtOnce = 1000

/**
 * Resolves once a file is on the disk. Never of a database that this process has open: closing the file would drop its
 * locks (`checkSize`).
 */
export async function fileOnDisk(file: string): Promise<void> {
  // Windows flushes nothing through a handle that may only read.
  await flush(file, 'r+')
}

/** Resolves once what a folder lists is on the disk. */
export async function listOnDisk(folder: string): Promise<void> {
  // Windows flushes no folder; its lists are written in order.
  if (process.platform !== 'win32') await flush(folder, 'r')
}

async function flush(place: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(place, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function backupOf(file: string, contents: Contents): Promise<Backup> {
  return { ...contents, file, madeAt: (await stat(file)).mtime.toISOString() }
}

/** Whether a backup of today was made on another day, when the clock was ahead: rows of before today came after it. */
async function isAhead(file: string, database: string, today: string): Promise<boolean> {
  const head = await lastReadable(file)
  const asked = { after: head?.seq ?? 0, before: new Date(`${today}T00:00:00`) }
  // A database that cannot say so is not worth more than the backup that is there.
  return hasEarlierRows(database, asked).catch(() => false)
}

async function writeVerified(
  { database, isChained }: Source,
  file: string,
  name: (aside: string, file: string) => Promise<boolean>,
): Promise<Contents | null> {
  const aside = `${file}${partial}-${randomUUID()}`
  try {
    await copyDatabase(database, aside)
    const contents = await examine(aside, isChained)
    return (await name(aside, file)) ? contents : null
  } finally {
    await rm(aside, { force: true })
  }
}

/** Gives a file its name, on the disk when it resolves. False when that name was taken meanwhile: what has it is left. */
export async function giveName(aside: string, file: string): Promise<boolean> {
  if (!(await named(aside, file))) return false
  await listOnDisk(path.dirname(file))
  return true
}

async function takePlace(aside: string, file: string): Promise<boolean> {
  await rename(aside, file)
  await listOnDisk(path.dirname(file))
  return true
}

async function named(aside: string, file: string): Promise<boolean> {
  try {
    // Unlike a renaming, a link takes nobody's place.
    await link(aside, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    // Some disks (FAT, some of the network) have no links.
    if (existsSync(file)) return false
    await rename(aside, file)
    return true
  }
}

/** A backup must never be what fills the disk that the counter works on. */
async function checkRoom(database: string, folder: string): Promise<void> {
  const { size } = await stat(database)
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < 2 * size) throw new StorageError('full', new Error('too little room for a backup'))
}

async function clearPartial(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('comptoir-') || !name.includes(partial)) continue
    const file = path.join(folder, name)
    const { mtimeMs } = await stat(file)
    if (Math.abs(now.getTime() - mtimeMs) > longestMs) await rm(file, { force: true })
  }
}

/** Newest day first. */
async function backupsIn(folder: string): Promise<{ day: string; file: string }[]> {
  const days = (await readdir(folder)).flatMap((name) => backupName.exec(name)?.groups?.['day'] ?? [])
  return newestFirst(days).map((day) => ({ day, file: path.join(folder, nameOf(day)) }))
}

function nameOf(day: string): string {
  return `comptoir-${day}.db`
}

function unlessThere(error: unknown): false {
  if (codeOf(error) === 'EEXIST') return false
  throw error
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}
