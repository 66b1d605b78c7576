import { useEffectEvent, useLayoutEffect } from 'react'

/** Hears every key of the window, wherever the focus is, once the focused element has had its say. */
export function useKeydown(listener: (event: KeyboardEvent) => void): void {
  const hear = useEffectEvent(listener)
  useLayoutEffect(() => {
    const relay = (event: KeyboardEvent): void => hear(event)
    window.addEventListener('keydown', relay)
    return () => window.removeEventListener('keydown', relay)
  }, [])
}
