import Papa from 'papaparse'
import { parisStamp } from '../../renderer/ui/texts/paris.ts'
import type { StoredRow } from './chain.ts'

/** The columns, as the first line of the file names them. */
export const csvColumns = [
  'numero',
  'date_utc',
  'date_paris',
  'poste',
  'operateur',
  'code',
  'evenement',
  'resultat',
  'moyen',
  'module',
  'reference',
  'details',
  'empreinte',
] as const

/** What makes a spreadsheet take a cell for a formula (OWASP, « CSV Injection »). */
const formulaStart = /^[=+\-@\t\r\n]/u

/** How a file begins: the mark by which spreadsheets know UTF-8, and the names of the columns. */
export const csvHeader = `\uFEFF${csvColumns.join(';')}\r\n`

/** Rows as lines. A cell that would be a formula begins with an apostrophe. `details` is JSON. */
export function csvLines(rows: readonly StoredRow[]): string {
  if (rows.length === 0) return ''
  const options = { delimiter: ';', newline: '\r\n', escapeFormulae: formulaStart }
  return `${Papa.unparse(rows.map(cellsOf), options)}\r\n`
}

function cellsOf(row: StoredRow): (string | number | null)[] {
  return [
    row.seq,
    row.at,
    parisStamp(row.at),
    row.workstation,
    row.operatorId,
    row.operatorCode,
    row.kind,
    row.outcome,
    row.means,
    row.module,
    row.reference,
    row.details,
    row.hash,
  ]
}
