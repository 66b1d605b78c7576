import { useEffect, useState } from 'react'
import { secondsLeft, untilNextSecond } from './countdown.ts'

/**
 * Counts down from `seconds`, starting anew whenever `since` is another object (a pushed view, an error).
 * Null in, null out.
 */
export function useCountdown(seconds: number | null, since: object | null): number | null {
  const [tick, setTick] = useState<{ since: object | null; left: number }>({ since: null, left: 0 })
  useEffect(() => {
    if (seconds === null || since === null) return undefined
    const deadline = performance.now() + seconds * 1000
    let timer = 0
    const count = (): void => {
      const now = performance.now()
      setTick({ since, left: secondsLeft(deadline, now) })
      const wait = untilNextSecond(deadline, now)
      if (wait !== null) timer = window.setTimeout(count, wait)
    }
    count()
    return () => window.clearTimeout(timer)
  }, [seconds, since])
  if (seconds === null) return null
  return tick.since === since ? tick.left : Math.ceil(seconds)
}
