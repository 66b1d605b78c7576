import { useLayoutEffect, useRef } from 'react'

/**
 * The title of what one reads, which begins at its top. It takes the focus, so that it is read first and the keys scroll
 * what follows. `yields`: not from a field that is being typed into.
 */
export function Heading({ yields = false, children }: { yields?: boolean; children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const yieldsAtFirst = useRef(yields)
  useLayoutEffect(() => {
    window.scrollTo({ top: 0 })
    const typing = yieldsAtFirst.current && document.activeElement instanceof HTMLInputElement
    if (!typing) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
