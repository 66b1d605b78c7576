import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** What a row's hash covers: all of it but the hash itself. */
export type JournalRow = {
  /** From 1 on, without a hole. */
  readonly seq: number
  readonly at: string
  readonly workstation: string
  readonly operatorId: string | null
  readonly operatorCode: string | null
  readonly kind: string
  readonly outcome: string
  readonly means: string | null
  readonly module: string | null
  readonly reference: string | null
  readonly details: JsonObject
}
/** A row that has no place in the chain yet. */
export type UnchainedRow = Omit<JournalRow, 'seq'>
export type ChainedRow = JournalRow & { readonly hash: string }

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }
export type JsonObject = { readonly [key: string]: JsonValue }

/** The previous hash of the first row. */
export const firstPreviousHash = '0'.repeat(64)

export type ChainVerdict =
  | { readonly ok: true; readonly rows: number }
  /** `seq`: the first bad row's, or the number that is missing. */
  | { readonly ok: false; readonly seq: number; readonly reason: 'missing' | 'hash' }

/** The one JSON text of a value (RFC 8785). */
export function canonicalJson(value: JsonObject): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('not a JSON value')
  return text
}

/** SHA-256(`previousHash` as lower-case hex ‖ RFC 8785 JSON of the row without its hash, UTF-8), lower-case hex. */
export function hashOf(previousHash: string, row: JournalRow): string {
  const { seq, at, workstation, operatorId, operatorCode, kind, outcome, means, module, reference, details } =
    row
  const hashed = {
    seq,
    at,
    workstation,
    operatorId,
    operatorCode,
    kind,
    outcome,
    means,
    module,
    reference,
    details,
  }
  return createHash('sha256').update(previousHash).update(canonicalJson(hashed)).digest('hex')
}

/** Follows the chain from its first row, in order of `seq`, and names the first row that is not what was written. */
export function verifyChain(rows: Iterable<ChainedRow>): ChainVerdict {
  let previousHash = firstPreviousHash
  let count = 0
  for (const row of rows) {
    const seq = count + 1
    if (row.seq !== seq) return { ok: false, seq, reason: 'missing' }
    if (hashOf(previousHash, row) !== row.hash) return { ok: false, seq, reason: 'hash' }
    previousHash = row.hash
    count = seq
  }
  return { ok: true, rows: count }
}
