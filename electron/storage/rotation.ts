/** How many backups stay: one for each of the last days, then one for each of the weeks before them. */
const days = 7
const weeks = 4

const dayMs = 24 * 60 * 60 * 1000

/**
 * Which of the backups of these days (`YYYY-MM-DD`) are to go. `today`'s stays, and those of a day that has not come
 * yet: the clock was set back, and they are the newest there are.
 */
export function outdated(made: readonly string[], today: string): string[] {
  const past = newestFirst([...new Set(made)].filter((day) => day <= today))
  const kept = new Set(past.slice(0, days).map(weekOf))
  const most = kept.size + weeks
  return past.slice(days).filter((day) => {
    const week = weekOf(day)
    if (kept.has(week) || kept.size === most) return true
    // The newest of its week.
    kept.add(week)
    return false
  })
}

/** Days in the order that they are kept in. */
export function newestFirst(made: readonly string[]): string[] {
  return [...made].sort((one, other) => other.localeCompare(one))
}

/** Weeks from Monday to Sunday, numbered without a gap: 1 January 1970 was a Thursday. */
function weekOf(day: string): number {
  return Math.floor((Date.parse(day) / dayMs + 3) / 7)
}

/** The day of an instant, `YYYY-MM-DD`, in the workstation's zone: the one that people name. */
export function dayHere(instant: Date): string {
  const [month, day] = [instant.getMonth() + 1, instant.getDate()].map((part) =>
    String(part).padStart(2, '0'),
  )
  return `${instant.getFullYear()}-${month ?? ''}-${day ?? ''}`
}
