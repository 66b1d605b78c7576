import { assertNever } from '../assert-never.ts'
import Papa from 'papaparse'
import { roleNames } from '../../renderer/ui/texts.ts'
import { columns, formulaStart, type Column } from './list-columns.ts'
import type { Operator } from './operator.ts'

/**
 * The list of the team as a CSV file that a spreadsheet opens: UTF-8 with its mark, `;`, CRLF, no password. A cell that
 * would be a formula begins with an apostrophe, which the import takes off again.
 */
export function exportedList(operators: readonly Operator[]): string {
  const fields = columns.filter((column) => column !== 'motdepasse')
  const data = operators.map((operator) => fields.map((field) => cellOf(operator, field)))
  const options = { delimiter: ';', newline: '\r\n', escapeFormulae: formulaStart }
  return `\uFEFF${Papa.unparse({ fields, data }, options)}\r\n`
}

function cellOf(operator: Operator, column: Exclude<Column, 'motdepasse'>): string {
  switch (column) {
    case 'code':
      return operator.code
    case 'nom':
      return operator.lastName
    case 'prenom':
      return operator.firstName
    case 'role':
      return roleNames[operator.role]
    case 'rpps':
      return operator.rpps?.digits ?? ''
    default:
      return assertNever(column)
  }
}
