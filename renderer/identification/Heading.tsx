import { type ReactNode, useLayoutEffect, useRef } from 'react'

type HeadingProps = { describedBy?: string | undefined; children: ReactNode }

/**
 * The heading of a step that only has to be read. It takes the focus: a screen reader says it, with what describes
 * it, and an Enter meant for the step before presses nothing; Tab leads to the first button.
 */
export function Heading({ describedBy, children }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus(), [])
  return (
    <h2 ref={heading} tabIndex={-1} aria-describedby={describedBy}>
      {children}
    </h2>
  )
}
