import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Storage } from '../storage/storage.ts'
import { hashOfStored } from './chain.ts'
import type { Place, StoredRow } from './chain.ts'
import { firstRow, isBound, storedRows } from './stored-rows.ts'
import type { Finding, KeptHead } from './verdict.ts'

/** How many rows taken out at one place are told from rows changed, when the others were numbered again. */
const mostTakenOut = 20_000
/** As long as a batch takes to read. */
const triesATurn = 1000

export type Break = {
  /** The last row that holds: the one after it does not. */
  readonly after: Place
  /** The hashes of the rows that hold, up to that one. */
  readonly trail: readonly string[]
  /** The number of the last row there is. */
  readonly upTo: number
  readonly head: KeptHead
  readonly signal: AbortSignal | undefined
}

/**
 * What was done where the chain breaks. A row's hash covers its number and the hash of the row before, so that a row
 * found under another number still tells where it was written. Reads on to the end when it must.
 */
export async function diagnose(storage: Storage, broken: Break): Promise<Finding | 'cancelled'> {
  const expected = broken.after.seq + 1
  const row = await firstRow(storage, expected)
  if (row === undefined) return { seq: expected, what: 'removed' }

  const inserted = insertedBefore(row, broken)
  if (inserted !== null) return inserted
  const next = await firstRow(storage, row.seq + 1)
  if (row.seq === expected && isChangedInPlace(row, next, broken.after.hash)) {
    return { seq: expected, what: 'changed' }
  }
  const home = await findHome(storage, row, broken)
  if (home === 'cancelled') return home
  if (home === 'nowhere') return withoutHome(row, next, broken)
  return displaced(storage, { row, home, broken })
}

/**
 * The row was written before, where it tells by its hash. That hash is still there: it stands here a second time. It is
 * not: rows with hashes that hold were put before it, the others being numbered again.
 */
function insertedBefore(row: StoredRow, { after, trail }: Break): Finding | null {
  for (let back = 1; back < trail.length; back += 1) {
    const previousHash = trail[trail.length - 1 - back]
    const seq = after.seq + 1 - back
    if (previousHash === undefined || !isBound(row, previousHash, seq)) continue
    const isThere = trail[trail.length - back] === row.hash
    return { seq: isThere ? row.seq : seq, what: 'inserted' }
  }
  return null
}

/** The next row is in its place, bound to the hash of this one: as it is kept, or as it should be. */
function isChangedInPlace(row: StoredRow, next: StoredRow | undefined, previousHash: string): boolean {
  if (next === undefined || next.seq !== row.seq + 1) return false
  return isBound(next, row.hash) || isBound(next, hashOfStored(previousHash, row))
}

/** Where the expected row is now: with its hash, or without it, when only contents were exchanged. */
async function findHome(
  storage: Storage,
  row: StoredRow,
  { after, upTo, signal }: Break,
): Promise<StoredRow | 'nowhere' | 'cancelled'> {
  const seq = after.seq + 1
  for await (const rows of storedRows(storage, { from: row.seq, upTo })) {
    if (signal?.aborted === true) return 'cancelled'
    for (const each of rows) {
      const hash = hashOfStored(after.hash, { ...each, seq })
      if (hash === each.hash || (row.seq === seq && hash === row.hash)) return each
    }
  }
  return 'nowhere'
}

type Displaced = { readonly row: StoredRow; readonly home: StoredRow; readonly broken: Break }

/** The expected row stands further on: others took its place, ours or not. */
async function displaced(storage: Storage, { row, home, broken }: Displaced): Promise<Finding | 'cancelled'> {
  const { after, upTo, signal } = broken
  const seq = after.seq + 1
  const reordered: Finding = { seq, what: 'reordered' }
  const inserted: Finding = { seq, what: 'inserted' }
  if (row.seq > seq || !isBound(home, after.hash, seq)) return reordered

  const shift = home.seq - seq
  let ours = false
  for await (const rows of storedRows(storage, { from: seq + 1, upTo })) {
    if (signal?.aborted === true) return 'cancelled'
    for (const each of rows) {
      // A later row, a second time.
      if (each.hash === row.hash) return inserted
      if (ours) return reordered
      // A row that was written after the expected one stands before it.
      if (each.seq <= home.seq && isBound(each.seq === home.seq ? row : each, home.hash, seq + 1)) {
        return reordered
      }
      // The row that this one was written after, numbered again or not.
      ours = isBound(row, each.hash, each.seq + 1) || isBound(row, each.hash, each.seq + 1 - shift)
    }
  }
  return ours ? reordered : inserted
}

/** The expected row is nowhere. */
async function withoutHome(row: StoredRow, next: StoredRow | undefined, broken: Break): Promise<Finding> {
  const { after, head, upTo } = broken
  const seq = after.seq + 1
  const isNewer = head.kind === 'kept' && head.seq < seq
  if (row.seq > seq) {
    return isNewer && head.hash === after.hash ? { seq: row.seq, what: 'inserted' } : { seq, what: 'removed' }
  }
  if (next === undefined) {
    if (head.kind === 'kept' && head.seq > upTo && head.hash === row.hash) return { seq, what: 'removed' }
    return { seq, what: isNewer ? 'inserted' : 'changed' }
  }
  for (let taken = 1; taken <= mostTakenOut; taken += 1) {
    if (isBound(next, row.hash, next.seq + taken)) return { seq, what: 'removed' }
    if (taken % triesATurn === 0) await nextTurn()
  }
  return { seq, what: 'changed' }
}
