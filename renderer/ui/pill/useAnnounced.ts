import { useEffect, useRef, useState } from 'react'

/** A state that lasts less than this (ms) is on its way to another. */
const settlingTime = 700

/**
 * What a screen reader is to be told, empty when there is nothing: a state that is there to stay (`settled`) and is
 * not the one it found first, in the window that has the focus (several show the same).
 */
export function useAnnounced(settled: boolean, text: string): string {
  const [announced, setAnnounced] = useState('')
  const known = useRef<string | null>(null)
  useEffect(() => {
    if (!settled) return undefined
    const timer = window.setTimeout(() => {
      const news = known.current !== null && known.current !== text
      known.current = text
      if (news) setAnnounced(document.hasFocus() ? text : '')
    }, settlingTime)
    return () => window.clearTimeout(timer)
  }, [settled, text])
  return announced
}
