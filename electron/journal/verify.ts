import type { Storage } from '../storage/storage.ts'
import { beginning } from './chain.ts'
import type { Place } from './chain.ts'
import { cutOf, cutsSaid, isSamePlace, readCheckpoints, wrongCheckpoint } from './checkpoint.ts'
import { diagnose } from './diagnosis.ts'
import { storedColumns } from './rows.ts'
import { firstRow, isBound, storedRows } from './stored-rows.ts'
import type { Finding, KeptHead, Verification } from './verdict.ts'

export type VerifyOptions = {
  /** The kept head, as it was read before: rows may have been added since. */
  readonly head: KeptHead
  /** In rows, after each batch: many times a second. */
  readonly onProgress?: (progress: { done: number; total: number }) => void
  readonly signal?: AbortSignal | undefined
}

/**
 * Follows the chain from the last checkpoint to the row that is the last one now, checks the checkpoints against what
 * the rows say was cut, and the end against the kept head. Names the first bad row. Reads in batches, with a turn of
 * the event loop between them. Rejects with `StorageError`.
 */
export async function verifyJournal(storage: Storage, options: VerifyOptions): Promise<Verification> {
  for (;;) {
    const checkpoints = await storage.read(readCheckpoints)
    const verification = await verifyAfter(storage, checkpoints, options)
    if (verification.kind !== 'tampered') return verification
    // Rows that retention let go meanwhile are not missing.
    const now = await storage.read(readCheckpoints)
    if (now.length === checkpoints.length) return verification
  }
}

async function verifyAfter(
  storage: Storage,
  checkpoints: readonly Place[],
  options: VerifyOptions,
): Promise<Verification> {
  const start = checkpoints.at(-1) ?? beginning
  const walk = await followChain(storage, start, options)
  if (walk.kind === 'cancelled') return walk
  const finding = await findingOf(storage, { checkpoints, start, walk, ...options })
  if (finding === 'cancelled') return { kind: 'cancelled' }
  const { first, last, rows } = walk
  if (finding !== null) return { kind: 'tampered', ...finding, rows }
  const head = isBefore(options.head, start) ? 'none' : options.head.kind
  return { kind: 'sound', rows, first, last: first === null ? null : last, head }
}

/** The chain as far as it holds. */
type Walk = {
  readonly kind: 'whole' | 'broken'
  /** How many rows hold, the first and the last of them. `last`: where the walk began, when none does. */
  readonly rows: number
  readonly first: Place | null
  readonly last: Place
  /** The number of the last row there is. */
  readonly upTo: number
  /** The hashes of the last rows that hold, `last` included, oldest first. */
  readonly trail: readonly string[]
  /** What the rows that hold say was cut. */
  readonly cuts: readonly Place[]
  /** The row that the kept head tells of. */
  readonly atHead: Place | null
}

/** Follows the chain from the row after `start` to the last one, as far as it holds. Rejects with `StorageError`. */
export async function followChain(
  storage: Storage,
  start: Place,
  { head, onProgress, signal }: VerifyOptions,
): Promise<Walk | { readonly kind: 'cancelled' }> {
  const upTo = await lastSeq(storage, start)
  const cuts: Place[] = []
  let first: Place | null = null
  let last = start
  let atHead: Place | null = head.kind === 'kept' && head.seq === start.seq ? start : null
  let older: readonly string[] = []
  let trail: string[] = [start.hash]
  const walked = (kind: Walk['kind']): Walk => ({
    kind,
    rows: last.seq - start.seq,
    first,
    last,
    upTo,
    trail: [...older, ...trail],
    cuts,
    atHead,
  })

  for await (const rows of storedRows(storage, { from: start.seq + 1, upTo })) {
    if (signal?.aborted === true) return { kind: 'cancelled' }
    for (const row of rows) {
      if (row.seq !== last.seq + 1 || !isBound(row, last.hash)) return walked('broken')
      const cut = cutOf(row)
      if (cut !== null) cuts.push(cut)
      last = { seq: row.seq, hash: row.hash }
      first ??= last
      trail.push(row.hash)
      if (head.kind === 'kept' && head.seq === row.seq) atHead = last
    }
    older = trail
    trail = []
    onProgress?.({ done: last.seq - start.seq, total: upTo - start.seq })
  }
  return walked('whole')
}

async function lastSeq(storage: Storage, start: Place): Promise<number> {
  const last = await storage.read((db) =>
    db.selectFrom('journal').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst(),
  )
  return Math.max(last?.seq ?? 0, start.seq)
}

type Evidence = VerifyOptions & {
  readonly checkpoints: readonly Place[]
  readonly start: Place
  readonly walk: Walk
}

/** What is wrong, if anything is: what comes first in the order of the rows. */
async function findingOf(storage: Storage, evidence: Evidence): Promise<Finding | 'cancelled' | null> {
  const { head, start, checkpoints, walk, signal } = evidence
  const under = await underStart(storage, evidence)
  if (under !== null) return under
  if (walk.kind === 'broken') {
    const { last: after, trail, upTo } = walk
    return (await wrongStart(storage, evidence)) ?? diagnose(storage, { after, trail, upTo, head, signal })
  }
  return cutEnd(head, walk.last) ?? wrongCheckpoint(checkpoints, walk.cuts) ?? anotherHead(head, start, walk)
}

/** Rows where there can be none: before the first number, or under a checkpoint. */
async function underStart(storage: Storage, { start, walk }: Evidence): Promise<Finding | null> {
  const { last } = walk
  const row = await storage.read((db) =>
    db
      .selectFrom('journal')
      .select(storedColumns)
      .where('seq', '<=', start.seq)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst(),
  )
  if (row === undefined) return null
  if (isBound(row, last.hash, last.seq + 1)) return { seq: last.seq + 1, what: 'reordered' }
  const told = start === beginning || (await cutsSaid(storage)).some((cut) => isSamePlace(cut, start))
  if (!told) return { seq: start.seq, what: 'checkpoint' }
  return { seq: row.seq, what: 'inserted' }
}

/** The first row does not follow the last checkpoint, but what a row says was cut. */
async function wrongStart(storage: Storage, { start, walk }: Evidence): Promise<Finding | null> {
  if (walk.first !== null) return null
  const row = await firstRow(storage, start.seq + 1)
  if (row === undefined) return null
  const cuts = await cutsSaid(storage)
  const said = cuts.find(({ seq, hash }) => row.seq === seq + 1 && isBound(row, hash))
  return said === undefined ? null : { seq: said.seq, what: 'checkpoint' }
}

/** Whether rows are missing after the last one, by the kept head. */
export function cutEnd(head: KeptHead, last: Place): Finding | null {
  return head.kind === 'kept' && head.seq > last.seq ? { seq: last.seq + 1, what: 'end-cut' } : null
}

function anotherHead(head: KeptHead, start: Place, { atHead }: Walk): Finding | null {
  if (head.kind !== 'kept' || isBefore(head, start) || head.hash === atHead?.hash) return null
  return { seq: head.seq, what: 'rewritten' }
}

/** A head that is older than what retention let go proves nothing any more. */
function isBefore(head: KeptHead, start: Place): boolean {
  return head.kind === 'kept' && head.seq < start.seq
}
