import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

const atOnce = {}

/**
 * The heading of what has been opened: it has the focus at once, and again for another `focus` that is not null, or when
 * what had the focus has gone from the page.
 */
export function useHeading(focus: object | null = atOnce): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (focus !== null) heading.current?.focus()
  }, [focus])
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus()
  })
  return heading
}
