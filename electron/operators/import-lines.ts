import type { ImportFault, ImportReport } from '../ipc/operator-views.ts'
import type { Described } from './form.ts'
import { rolesWithRpps } from './foreseen.ts'
import type { ListLine } from './import-list.ts'
import { roleNamed } from './list-columns.ts'
import { hasValidLuhnKey, parseRpps, type Rpps } from './national-id.ts'
import { parseName, parseOperatorCode, type Role } from './operator.ts'

/** A line as it is understood; what is null is not there, or its fault is told. */
export type JudgedLine = {
  readonly written: ListLine
  readonly code: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly role: Role | null
  readonly rpps: Rpps | null
  readonly faults: readonly ImportFault[]
}
export type ReportedLine = ImportReport['lines'][number]

/** What a line says by itself, and what is wrong in it. */
export function judge(written: ListLine): JudgedLine {
  const { cells, broken } = written
  const code = parseOperatorCode(cells.code)
  const firstName = parseName(cells.prenom)
  const lastName = parseName(cells.nom)
  const role = roleNamed(cells.role)
  const rpps = parseRpps(cells.rpps)
  const faults: (ImportFault | null)[] = [
    broken ? 'columns' : null,
    code === null ? (cells.code === '' ? 'missing-code' : 'invalid-code') : null,
    nameFault(cells.nom, lastName) ?? nameFault(cells.prenom, firstName),
    role === null ? 'unknown-role' : null,
    rpps === null ? rppsFault(cells.rpps) : null,
    cells.motdepasse === '' ? 'missing-password' : null,
  ]
  return { written, code, firstName, lastName, role, rpps, faults: faults.filter((fault) => fault !== null) }
}

/** What lines say twice: a code, an RPPS. Both lines have the fault. */
export function repeated(lines: readonly JudgedLine[]): (line: JudgedLine) => ImportFault[] {
  const codes = twice(lines.map(({ code }) => code))
  const digits = twice(lines.map(({ rpps }) => rpps?.digits ?? null))
  return ({ code, rpps }) => [
    ...(code !== null && codes.has(code) ? (['code-twice'] as const) : []),
    ...(rpps !== null && digits.has(rpps.digits) ? (['rpps-twice'] as const) : []),
  ]
}

/** A line as the report shows it: never its password. */
export function reported(
  { written, code, role, rpps }: JudgedLine,
  faults: readonly ImportFault[],
): ReportedLine {
  const { cells, line } = written
  const remarks: ReportedLine['remarks'] = []
  if (rpps !== null && !hasValidLuhnKey(rpps)) remarks.push('rpps-key')
  if (cells.rpps === '' && role !== null && rolesWithRpps.includes(role)) remarks.push('rpps-missing')
  return {
    line,
    code: shown(code ?? cells.code),
    name: shown(`${cells.prenom} ${cells.nom}`.trim()),
    role: shown(cells.role),
    rpps: shown(rpps?.digits ?? cells.rpps),
    faults: [...faults],
    remarks,
  }
}

/** The operator that a line without fault describes; null for another line. */
export function described({ code, firstName, lastName, role, rpps }: JudgedLine): Described | null {
  if (code === null || firstName === null || lastName === null || role === null) return null
  return { code, firstName, lastName, role, rpps, firstDay: null, lastDay: null, rights: [] }
}

/** A cell that holds half the file is shown by its beginning. */
const longestShown = 100

function shown(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}

function nameFault(cell: string, name: string | null): ImportFault | null {
  if (name !== null) return null
  return cell === '' ? 'missing-name' : 'invalid-name'
}

function rppsFault(cell: string): ImportFault | null {
  if (cell === '') return null
  return /^\d(?:[.,]\d+)?E[+]?\d+$/iu.test(cell) ? 'rpps-rounded' : 'invalid-rpps'
}

function twice(values: readonly (string | null)[]): ReadonlySet<string> {
  const [seen, found] = [new Set<string>(), new Set<string>()]
  for (const value of values) {
    if (value === null) continue
    if (seen.has(value)) found.add(value)
    seen.add(value)
  }
  return found
}
