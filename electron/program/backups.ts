import { systemClock as clock } from '../clock.ts'
import { firstPreviousHash, hashOf, type Place } from '../journal/chain.ts'
import { createJournal } from '../journal/journal.ts'
import type { ByWhom } from '../journal/kinds.ts'
import { fromTable } from '../journal/rows.ts'
import * as storage from '../storage/backup.ts'
import { nameAside, replaceDatabase, type Restored } from '../storage/restore.ts'
import { glance, lastReadable, type IsChained } from '../storage/soundness.ts'
import { toStorageError } from '../storage/storage-error.ts'
import { readWorkstation } from '../storage/workstation.ts'

/**
 * Backups of the database, as the program and its commands make and take them: each is judged by its pages and by the
 * end of its journal. All of it blocks its thread: never the main one.
 */

/** Whether a row is what was written after the one of that hash. */
export const isChained: IsChained = (row, previousHash) =>
  hashOf(previousHash ?? firstPreviousHash, fromTable(row)) === row.hash

/** What a backup holds of the journal, for the row that tells of it. */
export type BackedUp = { readonly upTo: number; readonly hash: string }

/** The backup of today in `folder`, rotated; null: it was there. Rejects with `StorageError`. */
export async function backUpToday(place: { database: string; folder: string }): Promise<BackedUp | null> {
  return told(await storage.backUpDaily({ ...place, now: clock.now(), isChained }))
}

/** A backup to a file of that name; null: there is one already. Rejects with `StorageError`, and leaves no file. */
export async function backUpTo(place: { database: string; file: string }): Promise<BackedUp | null> {
  return told(await storage.backUp({ ...place, isChained }))
}

/** The newest backup as a diagnosis looks at it; `day`: `YYYY-MM-DD`. */
export type BackupLook = { readonly day: string; readonly sound: boolean }

/**
 * The newest backup of `folder`, and whether it can still be read; null: there is none. Rejects with `StorageError`:
 * `missing-folder`, or why it cannot be looked at.
 */
export async function lookAtBackups(folder: string): Promise<BackupLook | null> {
  try {
    const newest = await storage.newestBackup(folder)
    return newest === null ? null : { day: newest.day, sound: await glance(newest.file, isChained) }
  } catch (error) {
    throw toStorageError(error)
  }
}

/** The newest sound backup, with when its last row was written. */
export type Offer = {
  readonly file: string
  readonly workstation: string
  readonly at: string
  /** How many rows were written after it; null where the database cannot be read any more. */
  readonly missingRows: number | null
}

/** What can take the place of the database; null: there is no sound backup in `folder`. Never rejects. */
export async function findOffer(database: string, folder: string): Promise<Offer | null> {
  const backup = await storage.newestSound(folder, clock.now(), isChained)
  if (backup === null) return null
  const { file, workstation, head, madeAt } = backup
  const last = await lastReadable(database)
  const missingRows = last === null ? null : Math.max(0, last.seq - (head?.seq ?? 0))
  return { file, workstation, at: head?.at ?? madeAt, missingRows }
}

/** Whether the database is sound after all. Never rejects. */
export function isSound(database: string): Promise<boolean> {
  return storage.isSound(database, isChained)
}

type Restoration = {
  readonly database: string
  readonly backup: string
  /** What the present database is called from then on: it was damaged, or somebody wants another. */
  readonly present: 'abimee' | 'remplacee'
  readonly by: { by: 'start' } | ByWhom
  /** The head that the keychain keeps of the present journal, if it does. */
  readonly keptHead: Place | null
}

/**
 * Puts a sound backup in the place of the database, which is kept beside it; its first row says so. The kept head is
 * then the caller's to reset. Rejects with `StorageError`, and then all is as it was.
 */
export async function restoreBackup(restoration: Restoration): Promise<Restored> {
  const { database, backup, present, by, keptHead } = restoration
  const readable = await lastReadable(database)
  const known = keptHead ?? readable
  const oldHead = known === null ? null : { seq: known.seq, hash: known.hash }
  return replaceDatabase({
    database,
    backup,
    isChained,
    clock,
    setAside: nameAside(database, present, clock.now()),
    record: async (prepared, { head }) => {
      const { id: workstation } = await readWorkstation(prepared)
      let first: Place = { seq: 0, hash: firstPreviousHash }
      const written = (place: Place): void => {
        first = place
      }
      await createJournal({ storage: prepared, clock, workstation, written }).append({
        kind: 'database.restored',
        outcome: 'done',
        details: { ...by, upTo: head?.seq ?? 0, hash: head?.hash ?? firstPreviousHash, oldHead },
      })
      return first
    },
  })
}

function told(backup: storage.Backup | null): BackedUp | null {
  if (backup === null) return null
  const { head } = backup
  return { upTo: head?.seq ?? 0, hash: head?.hash ?? firstPreviousHash }
}
