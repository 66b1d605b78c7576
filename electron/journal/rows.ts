import type { JournalTable } from '../storage/schema.ts'
import { canonicalJson } from './chain.ts'
import type { ChainedRow, StoredRow, UnchainedRow } from './chain.ts'
import type { JsonObject, JsonValue } from './json.ts'
import type { JournalEntry } from './kinds.ts'

/** The row that records `entry`, wherever it comes in the chain. */
export function rowOf(entry: JournalEntry): UnchainedRow {
  const { operator, at, workstation, kind, outcome, means, module, reference, details } = entry
  return {
    at,
    workstation,
    operatorId: operator?.id ?? null,
    operatorCode: operator?.code ?? null,
    kind,
    outcome,
    means,
    module,
    reference,
    details,
  }
}

export function toTable(row: ChainedRow): JournalTable {
  const { operatorId, operatorCode, details, ...same } = row
  return { ...same, operator_id: operatorId, operator_code: operatorCode, details: canonicalJson(details) }
}

export function fromTable(row: JournalTable): ChainedRow {
  const { operator_id: operatorId, operator_code: operatorCode, details, ...same } = row
  return { ...same, operatorId, operatorCode, details: parseDetails(details) }
}

/** The same with its details as they stand, whatever they are. */
export function toStored({
  operator_id: operatorId,
  operator_code: operatorCode,
  ...same
}: JournalTable): StoredRow {
  return { ...same, operatorId, operatorCode }
}

/** The columns of a `StoredRow`, for a query that makes nothing more of each row. */
export const storedColumns = [
  'seq',
  'at',
  'workstation',
  'operator_id as operatorId',
  'operator_code as operatorCode',
  'kind',
  'outcome',
  'means',
  'module',
  'reference',
  'details',
  'hash',
] as const

/** Details that somebody damaged are shown as they are; no written row looks like that, so its hash is wrong. */
function parseDetails(text: string): JsonObject {
  return canonicalObject(text) ?? { damaged: text }
}

/** The object that `text` is the RFC 8785 JSON of; null: it is none. */
export function canonicalObject(text: unknown): JsonObject | null {
  if (typeof text !== 'string') return null
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) && isCanonical(value, text) ? value : null
  } catch {
    // Not JSON at all, or not what RFC 8785 can write.
    return null
  }
}

/** The usual case first: ECMAScript's own JSON is canonical when keys are sorted and no surrogate stands alone. */
function isCanonical(value: JsonObject, text: string): boolean {
  if (!text.includes('\\ud') && JSON.stringify(value) === text && isSorted(value)) return true
  return canonicalJson(value) === text
}

function isSorted(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (isArray(value)) return value.every(isSorted)
  let previous: string | null = null
  for (const key of Object.keys(value)) {
    const inner = value[key]
    if ((previous !== null && previous >= key) || (inner !== undefined && !isSorted(inner))) return false
    previous = key
  }
  return true
}

function isArray(value: object): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** What `JSON.parse` returns holds JSON values only. */
function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
