/** Rows drawn beyond what is in sight, so that scrolling shows no gap. */
const beyond = 8

/** The rows to draw of a list scrolled to `top`, whatever their number; sizes in pixels. */
export function sightOf(top: number, height: number, rowHeight: number): { first: number; last: number } {
  return {
    first: Math.max(0, Math.floor(top / rowHeight) - beyond),
    last: Math.ceil((top + height) / rowHeight) + beyond,
  }
}

/** Where a key leads in a list of `total` rows, from `index`; null when it leads nowhere. */
export function moved(key: string, index: number, total: number, rowsInSight: number): number | null {
  const next = targetOf(key, index, total, Math.max(1, rowsInSight))
  return next === null ? null : Math.max(0, Math.min(total - 1, next))
}

function targetOf(key: string, index: number, total: number, rowsInSight: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return index + 1
    case 'ArrowUp':
      return index - 1
    case 'PageDown':
      return index + rowsInSight
    case 'PageUp':
      return index - rowsInSight
    case 'Home':
      return 0
    case 'End':
      return total - 1
    default:
      return null
  }
}
