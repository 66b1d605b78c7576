import { useEffectEvent, useLayoutEffect, useState } from 'react'

/** What this window was last used with. */
let usesTouch = false

/**
 * Whether somebody uses fingers (or a pen) here: from the first touch on, and until it is asked again after a key.
 * `tell` hears each touch and each key that `counts`: the keyboard on the screen sends keys too.
 */
export function useTouch(
  tell?: (touch: boolean) => void,
  counts: (target: EventTarget | null) => boolean = () => true,
): boolean {
  const [touch, setTouch] = useState(usesTouch)
  const hear = useEffectEvent((event: Event) => {
    const byTouch = event instanceof PointerEvent && event.pointerType !== 'mouse' && event.pointerType !== ''
    const byKey = event instanceof KeyboardEvent && !event.repeat && counts(event.target)
    if (!byTouch && !byKey) return
    usesTouch = byTouch
    if (byTouch) setTouch(true)
    tell?.(byTouch)
  })
  useLayoutEffect(() => {
    const relay = (event: Event): void => hear(event)
    // A click, so that nothing moves between the finger's coming down and what it presses.
    for (const kind of ['click', 'keydown'] as const) window.addEventListener(kind, relay, true)
    return () => {
      for (const kind of ['click', 'keydown'] as const) window.removeEventListener(kind, relay, true)
    }
  }, [])
  return touch
}
