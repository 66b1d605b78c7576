import { useSyncExternalStore } from 'react'

/** Rows are one line high, or two where the window is too narrow for their columns (journal.css). */
const narrow = '(max-width: 45rem)'
const heights = { wide: 36, narrow: 60 } as const

/** The height of a row, in CSS pixels. */
export function useRowHeight(): number {
  return useSyncExternalStore(follow, () =>
    window.matchMedia(narrow).matches ? heights.narrow : heights.wide,
  )
}

function follow(changed: () => void): () => void {
  const query = window.matchMedia(narrow)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}
