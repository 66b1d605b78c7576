import { useEffect, useState } from 'react'

/** Whether Caps Lock is on, as far as the last key or click of this window told. */
export function useCapsLock(): boolean {
  const [on, setOn] = useState(false)
  useEffect(() => {
    const hear = (event: KeyboardEvent | MouseEvent): void => setOn(event.getModifierState('CapsLock'))
    // At release too: some systems report the key's own press with the state it had before.
    const kinds = ['keydown', 'keyup', 'mousedown'] as const
    for (const kind of kinds) window.addEventListener(kind, hear, true)
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, hear, true)
    }
  }, [])
  return on
}
