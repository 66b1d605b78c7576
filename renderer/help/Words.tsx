import { Fragment } from 'react'

/** A text whose parts between backquotes are typed, or read in a file, as they are. */
export function Words({ children }: { children: string }) {
  return children.split('`').map((part, index) => {
    const key = `${index} ${part}`
    return index % 2 === 1 ? <code key={key}>{part}</code> : <Fragment key={key}>{part}</Fragment>
  })
}
