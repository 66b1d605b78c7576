import type { JournalTable } from '../storage/schema.ts'
import { canonicalJson } from './chain.ts'
import type { ChainedRow, JsonObject, UnchainedRow } from './chain.ts'
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

/** Details that somebody damaged are shown as they are; no written row looks like that, so its hash is wrong. */
function parseDetails(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    if (isJsonObject(value) && canonicalJson(value) === text) return value
  } catch {
    // Not JSON at all: the same answer.
  }
  return { damaged: text }
}

/** What `JSON.parse` returns holds JSON values only. */
function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
