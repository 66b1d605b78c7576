import Papa from 'papaparse'
import { placesOf, plainCell, type Column } from './list-columns.ts'

/** Where a list comes from. A file is read by who calls, who gives its bytes and the name to show. */
export type ListSource =
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'pasted'; readonly text: string }

export type ListEncoding = 'utf-8' | 'windows-1252'
/** Why nothing can be read of a list. */
export type Unreadable = 'empty' | 'header' | 'too-large' | 'encoding'

/** A line of a list as it is written; `broken`: its cells are not where the columns are. */
export type ListLine = {
  /** As a spreadsheet numbers it, the first being 1. */
  readonly line: number
  readonly cells: Readonly<Record<Column, string>>
  readonly broken: boolean
}
export type ReadList = {
  /** Null for what was pasted. */
  readonly encoding: ListEncoding | null
  readonly unreadable: Unreadable | null
  readonly lines: readonly ListLine[]
}

/** The most bytes that a list may have: a file that is larger need not be read. */
export const maxListBytes = 2_000_000
export const maxListLines = 2000

const delimiters = [';', ',', '\t'] as const

/** Reads the cells of a list; whatever it holds, never throws. */
export function readList(source: ListSource): ReadList {
  const size = source.kind === 'file' ? source.bytes.length : source.text.length
  if (size > maxListBytes) return unreadable('too-large', null)
  const { text, encoding } = source.kind === 'file' ? decode(source.bytes) : { ...source, encoding: null }
  // UTF-16, or no text at all.
  if (text.includes('\0')) return unreadable('encoding', null)
  if (text.trim() === '') return unreadable('empty', encoding)
  for (const delimiter of delimiters) {
    const places = placesOf(headerOf(text, delimiter))
    if (places !== null) return readLines(text, delimiter, places, encoding)
  }
  return unreadable('header', encoding)
}

function readLines(
  text: string,
  delimiter: string,
  places: ReadonlyMap<Column, number>,
  encoding: ListEncoding | null,
): ReadList {
  const records = recordsOf(text, delimiter)
  const others = records.slice(records.findIndex(({ cells }) => !isPreamble(cells)) + 1)
  if (others.length === 0) return unreadable('empty', encoding)
  if (others.length > maxListLines) return unreadable('too-large', encoding)
  const named = new Set(places.values())
  const lines = others.map(({ line, cells, malformed }) => ({
    line,
    cells: cellsAt(places, cells),
    broken: malformed || cells.some((cell, place) => !named.has(place) && cell.trim() !== ''),
  }))
  return { encoding, unreadable: null, lines }
}

function unreadable(reason: Unreadable, encoding: ListEncoding | null): ReadList {
  return { encoding, unreadable: reason, lines: [] }
}

/** UTF-8 when it can be nothing else (an accent of Windows-1252 is no UTF-8); its mark is taken off. */
function decode(bytes: Uint8Array): { text: string; encoding: ListEncoding } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
  }
}

type Line = { readonly line: number; readonly cells: readonly string[]; readonly malformed: boolean }

function headerOf(text: string, delimiter: string): string[] {
  let header: string[] = []
  Papa.parse<string[]>(text, {
    delimiter,
    step: ({ data }, parser) => {
      if (isPreamble(data)) return
      header = data.map(plainCell)
      parser.abort()
    },
  })
  return header
}

/** What may be above the header: blank lines, and the `sep=;` that tells Excel what is between the cells. */
function isPreamble(cells: readonly string[]): boolean {
  return /^(?:sep=.?)?$/iu.test(cells.map((cell) => cell.trim()).join(''))
}

/** The lines that are not blank. */
function recordsOf(text: string, delimiter: string): Line[] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter })
  const malformed = new Set(errors.map(({ row }) => row))
  return data
    .map((cells, index) => ({ line: index + 1, cells, malformed: malformed.has(index) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
}

/** A password is what is typed: nothing is taken off it but the spaces around. */
function cellsAt(places: ReadonlyMap<Column, number>, cells: readonly string[]): Record<Column, string> {
  const at = (column: Column): string => cells[places.get(column) ?? cells.length] ?? ''
  return {
    code: plainCell(at('code')),
    nom: plainCell(at('nom')),
    prenom: plainCell(at('prenom')),
    role: plainCell(at('role')),
    rpps: plainCell(at('rpps')),
    motdepasse: at('motdepasse').trim(),
  }
}
