import type { Storage } from '../storage/storage.ts'
import { beginning, type Place } from './chain.ts'
import { lastCheckpoint } from './checkpoint.ts'
import { diagnose } from './diagnosis.ts'
import type { Finding, KeptHead } from './verdict.ts'
import { cutEnd, followChain, verifyJournal } from './verify.ts'

/** What the end of the journal is found to be. */
export type Tail = {
  /** How many rows hold. */
  readonly rows: number
  /** Whether these are all the rows there are. */
  readonly whole: boolean
  /** The first bad row. */
  readonly bad: Finding | null
  /** When all of it was last verified by somebody, whatever was found: UTC ISO 8601. */
  readonly fullAt: string | null
}

/**
 * Verifies the last `count` rows of the journal, from the hash of the row before them, and its end against the kept
 * head; all of it where it has no more. Null: `signal` aborted. Rejects with `StorageError`.
 */
export async function verifyTail(
  storage: Storage,
  { count, ...options }: { count: number; head: KeptHead; signal: AbortSignal },
): Promise<Tail | null> {
  const fullAt = await lastVerified(storage)
  const start = await placeBefore(storage, count)
  if (start === null) {
    const found = await verifyJournal(storage, options)
    if (found.kind === 'cancelled') return null
    const bad = found.kind === 'tampered' ? { seq: found.seq, what: found.what } : null
    return { rows: found.rows, whole: true, bad, fullAt }
  }
  const walk = await followChain(storage, start, options)
  if (walk.kind === 'cancelled') return null
  const { last: after, trail, upTo, rows } = walk
  const bad =
    walk.kind === 'broken'
      ? await diagnose(storage, { after, trail, upTo, ...options })
      : cutEnd(options.head, after)
  return bad === 'cancelled' ? null : { rows, whole: false, bad, fullAt }
}

/** The last row before the `count` last ones; null: there are no more than these. */
async function placeBefore(storage: Storage, count: number): Promise<Place | null> {
  return storage.read(async (db) => {
    const from = (await lastCheckpoint(db)) ?? beginning
    const rows = db.selectFrom('journal').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1)
    const last = await rows.executeTakeFirst()
    if (last === undefined || last.seq - from.seq <= count) return null
    return (await rows.where('seq', '<=', last.seq - count).executeTakeFirst()) ?? null
  })
}

async function lastVerified(storage: Storage): Promise<string | null> {
  const row = await storage.read((db) =>
    db
      .selectFrom('journal')
      .select('at')
      .where('kind', '=', 'journal.verified')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst(),
  )
  return row?.at ?? null
}
