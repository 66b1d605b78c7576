import { canonicalJson, storedJson } from './chain.ts'
import type { StoredRow } from './chain.ts'
import type { JournalFilter } from './filter.ts'
import { canonicalObject } from './rows.ts'

/**
 * A journal in JSON lines, which can be verified alone. The first line tells what the file is:
 *
 *     {"file":"comptoir-journal","filter":{…},"hash":"…","upTo":1000,"version":1}
 *
 * Each other line is one row, oldest first:
 *
 *     {"hash":"…","previousHash":"…","row":{…}}
 *
 * `row` is the row's RFC 8785 JSON, byte for byte what was hashed: `hash` is SHA-256(`previousHash` ‖ `row`), in
 * lower-case hex. `previousHash` is left out where it is the `hash` of the line before, and null where the row before is
 * not in the journal any more and no checkpoint keeps its hash.
 */
export function jsonlHeader(filter: JournalFilter, upTo: number): string {
  const hash = 'SHA-256(previousHash || row), lower-case hex'
  return `${canonicalJson({ file: 'comptoir-journal', version: 1, filter, upTo, hash })}\n`
}

/** `previousHash`: undefined where the row before is the line before. */
export function jsonlLine(row: StoredRow, previousHash: string | null | undefined): string {
  const previous = previousHash === undefined ? '' : `"previousHash":${JSON.stringify(previousHash)},`
  // Details that somebody damaged are shown as they are; the line stays one, and its hash wrong.
  const details =
    canonicalObject(row.details) === null ? canonicalJson({ damaged: row.details }) : row.details
  return `{"hash":${JSON.stringify(row.hash)},${previous}"row":${storedJson({ ...row, details })}}\n`
}
