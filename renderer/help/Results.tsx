import { SearchX } from 'lucide-react'
import type { HelpPage } from '../../electron/ipc/views.ts'
import { texts } from '../ui/texts.ts'
import { Heading } from './Heading.tsx'
import type { Found, Part } from './search.ts'

type ResultsProps = {
  query: string
  found: readonly Found[]
  go: (page: HelpPage) => void
}

/** The pages that speak of what was searched for, each with the sentence that does. */
export function Results({ query, found, go }: ResultsProps) {
  const words = texts.help
  if (found.length === 0) {
    return (
      <div className="help-nothing">
        <SearchX size={36} strokeWidth={1.5} />
        <Heading yields>{words.nothing(query)}</Heading>
        <p className="quiet-text">{words.nothingRemedy}</p>
      </div>
    )
  }
  return (
    <>
      <Heading yields>{words.resultsFor(query)}</Heading>
      <ul className="help-results">
        {found.map(({ page, title, excerpt }) => (
          <li key={page}>
            <button type="button" onClick={() => go(page)}>
              <strong>
                <Marked parts={title} />
              </strong>
              {excerpt.length > 0 && (
                <span>
                  <Marked parts={excerpt} />
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function Marked({ parts }: { parts: readonly Part[] }) {
  return parts.map(({ text, marked }, index) => {
    const key = `${index} ${text}`
    return marked ? <mark key={key}>{text}</mark> : <span key={key}>{text}</span>
  })
}
