import { useLayoutEffect } from 'react'
import { isStray } from './guard.ts'

const keys = ['keydown', 'keyup'] as const
const pointers = ['pointerdown', 'mousedown', 'click'] as const

/**
 * Makes this window deaf to strays for as long as the component that calls it lives. `keys`: where a click is always
 * meant, and Escape always gives up.
 */
export function useGuard(against: 'all' | 'keys' = 'all'): void {
  useLayoutEffect(() => {
    const asked = performance.now()
    let focused = asked
    let taken = false
    // Only the first time: afterwards somebody comes back to the window on purpose.
    const focus = (): void => {
      if (!taken) focused = performance.now()
      taken = true
    }
    const silence = (event: Event): void => {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    const hearKey = (event: KeyboardEvent): void => {
      if (against === 'keys' && event.key === 'Escape') return
      if (isStray({ kind: 'key', repeat: event.repeat, time: performance.now() }, asked, focused))
        silence(event)
    }
    const hearPointer = (event: MouseEvent): void => {
      if (isStray({ kind: 'pointer', repeat: false, time: performance.now() }, asked, focused)) silence(event)
    }
    window.addEventListener('focus', focus)
    for (const kind of keys) window.addEventListener(kind, hearKey, true)
    if (against === 'all') for (const kind of pointers) window.addEventListener(kind, hearPointer, true)
    return () => {
      window.removeEventListener('focus', focus)
      for (const kind of keys) window.removeEventListener(kind, hearKey, true)
      for (const kind of pointers) window.removeEventListener(kind, hearPointer, true)
    }
  }, [against])
}
