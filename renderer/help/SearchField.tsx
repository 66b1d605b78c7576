import { Search } from 'lucide-react'
import type { RefObject } from 'react'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { texts } from '../ui/texts.ts'

type SearchFieldProps = {
  field: RefObject<HTMLInputElement | null>
  query: string
  /** How many pages speak of it; null where nothing is searched for. */
  count: number | null
  onQuery: (query: string) => void
  onEnter: () => void
}

/** What one looks for, in all the pages. */
export function SearchField({ field, query, count, onQuery, onEnter }: SearchFieldProps) {
  const words = texts.help
  return (
    <search className="help-search">
      <Search size={18} />
      <input
        ref={field}
        type="text"
        className="input"
        aria-label={words.search}
        aria-keyshortcuts="Control+F /"
        placeholder={words.search}
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        value={query}
        onChange={({ target }) => onQuery(target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Enter') onEnter()
        }}
      />
      <kbd aria-hidden="true">{words.searchHint}</kbd>
      <LiveRegion kind="status" className="unseen">
        {count !== null && (count === 0 ? words.nothing(query.trim()) : words.results(count))}
      </LiveRegion>
    </search>
  )
}
