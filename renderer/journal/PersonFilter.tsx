import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import type { Bridge } from '../../electron/ipc/contract.ts'
import { texts } from '../ui/texts.ts'
import type { FoundPerson } from './filter-form.ts'
import { answered } from './useJournal.ts'

type PersonFilterProps = {
  chosen: FoundPerson | null
  onChoose: (person: FoundPerson | null) => void
  search: Bridge<'journal'>['journalPeople']
}

/** Long enough that not every key asks, short enough to seem live. */
const pause = 120
const words = texts.journal.filters

/** One person of the team, or of those who were: found by what is typed, chosen by the arrows and Enter. */
export function PersonFilter({ chosen, onChoose, search }: PersonFilterProps) {
  const id = useId()
  const [open, setOpen] = useState(false)
  /** Null: who is chosen stands in the field. */
  const [typed, setTyped] = useState<string | null>(null)
  const [found, setFound] = useState<readonly FoundPerson[] | null>(null)
  const [active, setActive] = useState(0)
  const wanted = (typed ?? '').trim()
  useEffect(() => {
    if (!open) return undefined
    let over = false
    const ask = async (): Promise<void> => {
      const answer = await answered(() => search({ search: wanted }))
      if (over) return
      setFound(answer.ok ? answer.value : [])
      setActive(0)
    }
    const timer = window.setTimeout(() => void ask(), pause)
    return () => {
      over = true
      window.clearTimeout(timer)
    }
  }, [open, wanted, search])
  /** « Tous » first, unless somebody is looked for. */
  const options: readonly (FoundPerson | null)[] =
    found === null ? [] : wanted === '' ? [null, ...found] : found

  const close = (): void => {
    setOpen(false)
    setTyped(null)
    setFound(null)
  }
  const choose = (person: FoundPerson | null): void => {
    close()
    onChoose(person)
  }
  const leave = (): void => {
    // What is typed and not chosen is nobody; a field that was emptied is everybody.
    if (typed === '' && chosen !== null) onChoose(null)
    close()
  }
  const move = (by: number): void => {
    if (!open) setOpen(true)
    else if (options.length > 0) setActive((active + by + options.length) % options.length)
  }
  const hear = (event: KeyboardEvent): void => {
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault()
        move(event.key === 'ArrowDown' ? 1 : -1)
        break
      case 'Enter': {
        const option = options[active]
        if (!open || option === undefined) break
        event.preventDefault()
        choose(option)
        break
      }
      case 'Escape':
        if (!open) break
        event.stopPropagation()
        close()
        break
      default:
    }
  }
  const activeId = active < options.length ? `${id}-${active}` : undefined
  return (
    <div className="field person-filter">
      <label htmlFor={id}>{words.operator}</label>
      <input
        id={id}
        className="input"
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open ? activeId : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={words.everybody}
        value={typed ?? (chosen === null ? '' : nameOf(chosen))}
        onChange={({ target }) => {
          setTyped(target.value)
          setOpen(true)
        }}
        onClick={() => setOpen(true)}
        onKeyDown={hear}
        onBlur={leave}
      />
      {open && options.length > 0 && (
        <select
          id={`${id}-list`}
          className="choices"
          aria-label={words.operator}
          tabIndex={-1}
          size={Math.max(2, Math.min(9, options.length))}
          value={active}
          // The field keeps the focus, and the list with it.
          onMouseDown={(event) => {
            event.preventDefault()
            const { target } = event
            if (target instanceof HTMLOptionElement) choose(options[Number(target.value)] ?? null)
          }}
          onChange={({ target }) => setActive(Number(target.value))}
        >
          {options.map((person, index) => (
            <option key={person?.id ?? ''} id={`${id}-${index}`} value={index}>
              {person === null ? words.everybody : nameOf(person)}
            </option>
          ))}
        </select>
      )}
      <output className="unseen">
        {open && found !== null && (found.length === 0 ? words.nobodyFound : words.peopleFound(found.length))}
      </output>
      {open && found !== null && options.length === 0 && (
        <p className="choices none" aria-hidden="true">
          {words.nobodyFound}
        </p>
      )}
    </div>
  )
}

function nameOf({ code, name }: FoundPerson): string {
  return name === null ? code : `${name} (${code})`
}
