import type { Storage } from '../storage/storage.ts'
import type { Place, StoredRow } from './chain.ts'
import type { Finding } from './verdict.ts'
import { canonicalObject } from './rows.ts'

/** The rows that retention let go up to, oldest first; the first row that is left is bound to the last of them. */
export async function readCheckpoints(db: Storage['db']): Promise<Place[]> {
  return db.selectFrom('journal_checkpoint').select(['seq', 'hash']).orderBy('seq').execute()
}

/** The last of them. */
export async function lastCheckpoint(db: Storage['db']): Promise<Place | undefined> {
  return db
    .selectFrom('journal_checkpoint')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** What a `journal.cut` row says that went; null: the row is of another kind, or says nothing of the sort. */
export function cutOf({ kind, details }: Pick<StoredRow, 'kind' | 'details'>): Place | null {
  if (kind !== 'journal.cut') return null
  const { upTo, hash } = canonicalObject(details) ?? {}
  return typeof upTo === 'number' && typeof hash === 'string' ? { seq: upTo, hash } : null
}

export function isSamePlace(one: Place, other: Place): boolean {
  return one.seq === other.seq && one.hash === other.hash
}

/** What all rows of the kind say was cut, whether they are sound or not. */
export async function cutsSaid(storage: Storage): Promise<Place[]> {
  const rows = await storage.read((db) =>
    db.selectFrom('journal').select(['kind', 'details']).where('kind', '=', 'journal.cut').execute(),
  )
  return rows.map(cutOf).filter((cut) => cut !== null)
}

/** Each cut that a row tells of left its checkpoint, and each checkpoint its row, for as long as that is not cut. */
export function wrongCheckpoint(checkpoints: readonly Place[], cuts: readonly Place[]): Finding | null {
  const unkept = cuts.find((cut) => !checkpoints.some((checkpoint) => isSamePlace(checkpoint, cut)))
  const oldest = Math.min(...cuts.map(({ seq }) => seq), checkpoints.at(-1)?.seq ?? Infinity)
  const untold = checkpoints.find(
    (checkpoint) => checkpoint.seq >= oldest && !cuts.some((cut) => isSamePlace(checkpoint, cut)),
  )
  const [wrong] = [unkept, untold].filter((place) => place !== undefined).sort((a, b) => a.seq - b.seq)
  return wrong === undefined ? null : { seq: wrong.seq, what: 'checkpoint' }
}
