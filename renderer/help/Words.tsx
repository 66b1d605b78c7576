import { createContext, Fragment, useContext } from 'react'
import type { HelpPage } from '../../electron/ipc/views.ts'
import { isPage, titleOf } from './passages.ts'

/** Goes to another page. */
export const Go = createContext<(page: HelpPage) => void>(() => undefined)

/** A text whose parts between backquotes are typed, or read in a file, as they are, and whose `[[page]]` lead there. */
export function Words({ children }: { children: string }) {
  return children.split(/(`[^`]*`|\[\[[a-z-]+\]\])/u).map((part, index) => {
    const key = `${index} ${part}`
    if (part.startsWith('`')) return <Typed key={key} text={part.slice(1, -1)} />
    const page = part.startsWith('[[') ? part.slice(2, -2) : ''
    return isPage(page) ? <PageLink key={key} page={page} /> : <Fragment key={key}>{part}</Fragment>
  })
}

/** As it is; a switch (`--json`) is not broken at its hyphens. */
export function Typed({ text }: { text: string }) {
  return (
    <code>
      {text.split(/(\[?--\S+)/u).map((word, index) =>
        index % 2 === 0 ? (
          word
        ) : (
          <span key={word} className="nowrap">
            {word}
          </span>
        ),
      )}
    </code>
  )
}

/** The title of a page, which leads to it. */
function PageLink({ page }: { page: HelpPage }) {
  const go = useContext(Go)
  return (
    <button type="button" className="page-link" onClick={() => go(page)}>
      {titleOf(page)}
    </button>
  )
}
