import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { JsonObject } from './json.ts'

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
/** A row as the database holds it: its details in RFC 8785 JSON. */
export type StoredRow = Omit<ChainedRow, 'details'> & { readonly details: string }

/** A row's number and hash: what the next one is bound to. */
export type Place = { readonly seq: number; readonly hash: string }

/** The previous hash of the first row. */
export const firstPreviousHash = '0'.repeat(64)
/** Where the chain begins, when no row was ever cut. */
export const beginning: Place = { seq: 0, hash: firstPreviousHash }

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

/**
 * The same of a row whose details are RFC 8785 JSON already, several times faster: the keys stand in their canonical
 * order, and ECMAScript's own JSON is canonical for texts and integers (RFC 8785, 3.2.2).
 */
export function hashOfStored(previousHash: string, row: Omit<StoredRow, 'hash'>): string {
  return createHash('sha256').update(previousHash).update(storedJson(row)).digest('hex')
}

/** The RFC 8785 JSON of a row without its hash. */
export function storedJson(row: Omit<StoredRow, 'hash'>): string {
  const { at, details, kind, means, module, operatorCode, operatorId, outcome, reference, seq, workstation } =
    row
  const others = { kind, means, module, operatorCode, operatorId, outcome, reference, seq, workstation }
  return `{"at":${JSON.stringify(at)},"details":${details},${JSON.stringify(others).slice(1)}`
}

/** Follows the chain in order of `seq`, after a checkpoint where there is one, and names the first row that breaks it. */
export function verifyChain(rows: Iterable<ChainedRow>, after: Place = beginning): ChainVerdict {
  let previous = after
  for (const row of rows) {
    const seq = previous.seq + 1
    if (row.seq !== seq) return { ok: false, seq, reason: 'missing' }
    if (hashOf(previous.hash, row) !== row.hash) return { ok: false, seq, reason: 'hash' }
    previous = row
  }
  return { ok: true, rows: previous.seq - after.seq }
}
