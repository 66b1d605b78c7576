import { useState } from 'react'

/** The first value given, for as long as what is given says the same: a view is pushed whole, with new arrays. */
export function useSame<T>(value: T): T {
  const [kept, setKept] = useState(value)
  if (kept === value || JSON.stringify(kept) === JSON.stringify(value)) return kept
  setKept(value)
  return value
}
