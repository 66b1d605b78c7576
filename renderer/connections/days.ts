import type { JournalRowView } from '../../electron/ipc/journal-views.ts'
import { dayAfter, parisDay } from '../ui/texts/paris.ts'

/** What somebody did on one day, newest first. */
export type Day = {
  /** `YYYY-MM-DD` in Paris; the time as it stands in a row that was damaged. */
  readonly day: string
  readonly rows: readonly JournalRowView[]
}

/** Rows in their order, day by day. */
export function byDay(rows: readonly JournalRowView[]): Day[] {
  const days = new Map<string, JournalRowView[]>()
  for (const row of rows) {
    const day = dayOfRow(row)
    const known = days.get(day)
    if (known === undefined) days.set(day, [row])
    else known.push(row)
  }
  return [...days].map(([day, ofDay]) => ({ day, rows: ofDay }))
}

/** Whether a day is today or the day before, in Paris. */
export function nearness(day: string, now: Date): 'today' | 'yesterday' | 'earlier' {
  const today = parisDay(now)
  if (day === today) return 'today'
  return day === dayAfter(today, -1) ? 'yesterday' : 'earlier'
}

function dayOfRow({ at }: JournalRowView): string {
  const instant = new Date(at)
  return Number.isNaN(instant.getTime()) ? at : parisDay(instant)
}
