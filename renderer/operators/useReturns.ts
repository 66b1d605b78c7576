import { useEffect, useState } from 'react'

/** How many times the window has been come back to: other windows, and other workstations, change the team meanwhile. */
export function useReturns(): number {
  const [returns, setReturns] = useState(0)
  useEffect(() => {
    const count = (): void => setReturns((before) => before + 1)
    window.addEventListener('focus', count)
    return () => window.removeEventListener('focus', count)
  }, [])
  return returns
}
