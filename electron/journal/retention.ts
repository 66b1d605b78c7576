import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Settings } from '../settings/schema.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { appendRow } from './append.ts'
import { beginning } from './chain.ts'
import type { Place } from './chain.ts'
import { lastCheckpoint } from './checkpoint.ts'
import { forgetDeparted } from './departed.ts'
import { rowOf } from './rows.ts'

/** What goes: the rows before an instant (UTC ISO 8601), kept for `months`, for `reason` when that is long. */
export type Cut = { readonly before: string; readonly months: number; readonly reason: string | null }

type Parts = { readonly storage: Storage; readonly clock: Clock; readonly workstation: string }

/** The write lock is held for a few tens of milliseconds at a time… */
const mostRows = 5000
/** … and given up for longer than whoever waits for it takes to ask again (storage/patiently.ts). */
const pauseMs = 50

/** So many daily backups must have seen the clock before it lets rows go: ahead for a morning, it would take them all. */
const backupsSeen = 7
/** No officine is closed for longer. */
const longestAwayMs = 62 * 24 * 60 * 60 * 1000

/** Whether the clock is to be believed, by when the last backups were made. Rejects with `StorageError`. */
export async function isClockBelieved(storage: Storage, now: Date): Promise<boolean> {
  const seen = await storage.read((db) =>
    db
      .selectFrom('journal')
      .select('at')
      .where('kind', '=', 'database.backed-up')
      .orderBy('seq', 'desc')
      .limit(backupsSeen)
      .execute(),
  )
  const longAgo = now.getTime() - longestAwayMs
  return seen.length === backupsSeen && seen.every(({ at }) => Date.parse(at) >= longAgo)
}

/** The cut that the settings ask for at `now`: calendar months, UTC, the last day of one that is too short. */
export function retentionCut({ journal }: Pick<Settings, 'journal'>, now: Date): Cut {
  const { retentionMonths: months, retentionReason: reason } = journal
  const before = new Date(now)
  before.setUTCDate(1)
  before.setUTCMonth(before.getUTCMonth() - months)
  const days = new Date(Date.UTC(before.getUTCFullYear(), before.getUTCMonth() + 1, 0)).getUTCDate()
  before.setUTCDate(Math.min(now.getUTCDate(), days))
  return { before: before.toISOString(), months, reason }
}

/**
 * Lets go of the rows that are older than `before`, from the old end only: one that stands behind a newer row waits
 * for it. Each transaction writes what went in the chain (`journal.cut`, which stays), leaves a checkpoint that keeps
 * the rest verifiable, and takes the operators who departed with their last row. Resolves to how many rows went;
 * rejects with `StorageError`, and then part of them may have gone.
 */
export async function cutJournal({ storage, clock, workstation }: Parts, cut: Cut): Promise<number> {
  const now = clock.now().toISOString()
  const end = await storage.read((db) => lastOld(db, cut.before, now))
  let gone = 0
  while ((await storage.read((db) => lastToGo(db, end))) !== null) {
    if (gone > 0) await sleep(pauseMs)
    gone += await storage.write(async (trx) => {
      const last = await lastToGo(trx, end)
      if (last === null) return 0
      const at = clock.now().toISOString()
      await appendRow(trx, rowOf({ ...cutEntry(cut, last), at, workstation }))
      return letGo(trx, last, at)
    })
  }
  return gone
}

function cutEntry(cut: Cut, { seq, hash }: Place) {
  return {
    kind: 'journal.cut',
    outcome: 'done',
    operator: null,
    means: null,
    module: null,
    reference: null,
    details: { ...cut, upTo: seq, hash },
  } as const
}

/**
 * The number of the last row that is old and has no newer one before it; 0: there is none. A row dated after `now` is a
 * mistake of the clock: it is as old as what stands behind it.
 */
async function lastOld(db: Storage['db'], before: string, now: string): Promise<number> {
  const rows = db.selectFrom('journal').select('seq').limit(1)
  const newer = await rows.where('at', '>=', before).where('at', '<=', now).orderBy('seq').executeTakeFirst()
  const old = await rows
    .$if(newer !== undefined, (query) => query.where('seq', '<', newer?.seq ?? 0))
    .where('at', '<', before)
    .orderBy('seq', 'desc')
    .executeTakeFirst()
  return old?.seq ?? 0
}

/** The last of the rows that go next, none of them after `end`; null: none goes. */
async function lastToGo(db: Storage['db'], end: number): Promise<Place | null> {
  const { seq: gone } = (await lastCheckpoint(db)) ?? beginning
  const last = await db
    .selectFrom('journal')
    .select(['seq', 'hash'])
    .where('seq', '>', gone)
    .where('seq', '<=', Math.min(end, gone + mostRows))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? null
}

async function letGo(trx: Transaction, { seq, hash }: Place, at: string): Promise<number> {
  await trx.insertInto('journal_checkpoint').values({ seq, hash, at }).execute()
  const { numDeletedRows } = await trx.deleteFrom('journal').where('seq', '<=', seq).executeTakeFirstOrThrow()
  await forgetDeparted(trx)
  return Number(numDeletedRows)
}
