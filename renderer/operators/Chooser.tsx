import { Search } from 'lucide-react'
import { type RefObject, useDeferredValue, useId, useLayoutEffect, useRef, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Field } from '../ui/Field.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { texts } from '../ui/texts.ts'
import { type ShownOperators, shownOperators } from './shown.ts'
import { placeOf, TeamList } from './TeamList.tsx'
import { useTeam } from './useTeam.ts'

type ChooserProps = {
  version: number
  /** Whose sheet is open. */
  opened: string | null
  search: RefObject<HTMLInputElement | null>
  list: RefObject<HTMLUListElement | null>
  onOpen: (id: string, byKey: boolean) => void
}

/** The search, which of the team is shown, and who is found. */
export function Chooser({ version, opened, search, list, onOpen }: ChooserProps) {
  const words = texts.operators
  const id = useId()
  const [typed, setTyped] = useState('')
  const [shown, setShown] = useState<ShownOperators>('team')
  const team = useTeam(useDeferredValue(typed), shown, version)
  const { total, failure, retry, rowAt, answers } = team
  const first = rowAt(0)
  /** Enter was pressed: it waits for the answer to what is typed. */
  const entered = useRef(false)
  const answered = answers?.search === typed && answers.shown === shown
  /** Whom Enter opens: the only one found, or the one whose code was typed, who comes first. */
  const meant = total === 1 || first?.code === typed.trim().toUpperCase() ? first : null
  const openMeant = (): void => {
    if (!entered.current || !answered) return
    entered.current = false
    if (meant !== null) onOpen(meant.id, true)
  }
  useLayoutEffect(openMeant)
  const found = (): string | null => {
    if (total === null) return null
    if (total > 0) return words.count(total)
    return typed.trim() === '' ? words.nobodyHere[shown] : words.nothingFound
  }
  useLayoutEffect(() => search.current?.focus(), [search])

  return (
    <section className="chooser" aria-label={words.list}>
      <search className="chooser-head">
        <div className="search-field">
          <Search size={18} />
          <Field
            ref={search}
            type="search"
            label={words.search}
            placeholder={words.searchHint}
            maxLength={200}
            value={typed}
            onChange={({ target }) => {
              entered.current = false
              setTyped(target.value)
            }}
            onBlur={() => {
              entered.current = false
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown' && total !== null && total > 0) {
                event.preventDefault()
                placeOf(list.current)?.focus()
              }
              if (event.key === 'Enter' && !event.repeat) {
                entered.current = true
                openMeant()
              }
            }}
          />
        </div>
        <fieldset className="shown">
          <legend className="unseen">{words.shownName}</legend>
          {shownOperators.map((each) => (
            <label key={each} htmlFor={`${id}-${each}`}>
              <input
                id={`${id}-${each}`}
                type="radio"
                name={`${id}-shown`}
                className="unseen"
                checked={each === shown}
                onChange={() => setShown(each)}
              />
              {words.shown[each]}
            </label>
          ))}
        </fieldset>
        <LiveRegion kind="status" className="quiet-text">
          {found()}
        </LiveRegion>
      </search>
      <Failure error={failure} action={<Button onClick={retry}>{words.retry}</Button>} />
      {total !== null && total > 0 && (
        <TeamList
          // Another question: its answer is read from the top.
          key={`${answers?.shown} ${answers?.search}`}
          ref={list}
          team={{ ...team, total }}
          opened={opened}
          onOpen={onOpen}
        />
      )}
    </section>
  )
}
