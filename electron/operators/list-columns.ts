import { searchForm } from '../storage/search-text.ts'
import { roleNames } from '../../renderer/ui/texts.ts'
import { roleWords } from '../../renderer/ui/texts/role-words.ts'
import { roles, type Role } from './operator.ts'

/** The columns of a list of operators, as its first line names them. */
export const columns = ['code', 'nom', 'prenom', 'role', 'rpps', 'motdepasse'] as const
export type Column = (typeof columns)[number]

/** A list without RPPS is one; passwords that are missing are told line by line. */
const optional: ReadonlySet<Column> = new Set(['rpps', 'motdepasse'])

/**
 * Where each column stands by the first line of a list, accents, case and spaces ignored; null when it is no such line:
 * one is missing, is there twice, or is unknown (a column spelt wrong would be lost in silence).
 */
export function placesOf(header: readonly string[]): ReadonlyMap<Column, number> | null {
  const places = new Map<Column, number>()
  for (const [place, title] of header.entries()) {
    const name = searchForm(title).replaceAll(/[ _]/gu, '')
    if (name === '') continue
    const column = columns.find((known) => known === name)
    if (column === undefined || places.has(column)) return null
    places.set(column, place)
  }
  return columns.every((column) => places.has(column) || optional.has(column)) ? places : null
}

/** The role that a list means, by its name or its code, accents and case ignored; null for another. */
export function roleNamed(text: string): Role | null {
  return rolesByName.get(searchForm(text)) ?? null
}

const rolesByName = new Map(
  roles.flatMap((role) =>
    [role, roleNames[role], ...roleWords[role]].map((name) => [searchForm(name), role] as const),
  ),
)

/** What makes a spreadsheet take a cell for a formula (OWASP, « CSV Injection »). */
export const formulaStart = /^[=+\-@\t\r]/u

/** What a cell says: without the spaces around it, Excel's `="0123"`, or the apostrophe that keeps a formula still. */
export function plainCell(cell: string): string {
  const text = cell.trim()
  const quoted = /^="(?<inside>.*)"$/su.exec(text)?.groups?.['inside']
  if (quoted !== undefined) return quoted.replaceAll('""', '"').trim()
  return text.startsWith("'") && formulaStart.test(text.slice(1)) ? text.slice(1) : text
}
