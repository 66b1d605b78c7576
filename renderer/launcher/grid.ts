/** Which tile an arrow leads to, in a grid filled row by row; null when the key leads nowhere. */
export function nextTile(key: string, index: number, columns: number, count: number): number | null {
  const target = destination(key, index, columns, count)
  return target === null || target === index || target < 0 || target >= count ? null : target
}

function destination(key: string, index: number, columns: number, count: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return index - 1
    case 'ArrowRight':
      return index + 1
    case 'ArrowUp':
      return index - columns
    case 'ArrowDown': {
      // Below a full row stands a shorter one: down leads to its last tile rather than nowhere.
      const below = index + columns
      const lastRow = Math.floor((count - 1) / columns)
      return below >= count && Math.floor(index / columns) < lastRow ? count - 1 : below
    }
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
