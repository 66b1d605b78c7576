import { useEffect, useRef, useState } from 'react'
import type { CardStateKind } from '../../../native/card/states.ts'

/** A state that lasts less than this (ms) is on its way to another. */
const settlingTime = 700
const passing: ReadonlySet<CardStateKind> = new Set(['searching', 'reading'])

/**
 * What a screen reader is to be told of the card, empty when there is nothing: a state that is there to stay and is
 * not the one it found first, in the window that has the focus (several show the card).
 */
export function useAnnounced(kind: CardStateKind, text: string): string {
  const [announced, setAnnounced] = useState('')
  const known = useRef<string | null>(null)
  const settled = !passing.has(kind)
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
