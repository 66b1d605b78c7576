import type { Summary } from './statistics.ts'

/** One figure beside what it is to be. */
export type Row = {
  readonly what: string
  readonly measured: string
  readonly target: string
  readonly reached: boolean
}

/** A figure whose median is to be no more than `limit`. */
export function row(what: string, { median, low, high }: Summary, limit: number, unit: string): Row {
  const digits = unit === '' ? 2 : 1
  const range = `${low.toFixed(digits)} to ${high.toFixed(digits)}`
  return {
    what,
    measured: `${median.toFixed(digits)}${unit} (${range})`,
    target: `≤ ${limit}${unit}`,
    reached: median <= limit,
  }
}

/** Writes the table on standard output. */
export function print(rows: readonly Row[]): void {
  const columns = [
    { title: 'what', of: (shown: Row) => shown.what },
    { title: 'median (middle half)', of: (shown: Row) => shown.measured },
    { title: 'target', of: (shown: Row) => shown.target },
    { title: '', of: (shown: Row) => (shown.reached ? 'reached' : 'missed') },
  ].map(({ title, of }) => {
    const cells = [title, ...rows.map(of)]
    const width = Math.max(...cells.map((cell) => cell.length))
    return cells.map((cell) => cell.padEnd(width))
  })
  for (let line = 0; line <= rows.length; line += 1) {
    console.log(
      columns
        .map((cells) => cells[line] ?? '')
        .join('  ')
        .trimEnd(),
    )
  }
}
