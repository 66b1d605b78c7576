import { useEffectEvent, useLayoutEffect } from 'react'

/**
 * Hears every key of the window, wherever the focus is, once the focused element has had its say. A modal dialog keeps
 * its keys to itself, Escape first.
 */
export function useKeydown(listener: (event: KeyboardEvent) => void): void {
  const hear = useEffectEvent(listener)
  useLayoutEffect(() => {
    const relay = (event: KeyboardEvent): void => {
      if (document.querySelector('dialog:modal') === null) hear(event)
    }
    window.addEventListener('keydown', relay)
    return () => window.removeEventListener('keydown', relay)
  }, [])
}
