import { useId, useState } from 'react'
import { texts } from '../ui/texts.ts'
import { referenceOf } from './filter-form.ts'

type ReferenceFilterProps = { value: string; onChange: (reference: string) => void }

const words = texts.journal.filters

/** A reference read over the telephone, typed in any case, with or without its dash. */
export function ReferenceFilter({ value, onChange }: ReferenceFilterProps) {
  const id = useId()
  const [left, setLeft] = useState(false)
  const short = left && value.trim() !== '' && referenceOf(value) === null
  return (
    <div className="field reference-filter">
      <label htmlFor={id}>{words.reference}</label>
      <input
        id={id}
        className="input"
        value={value}
        maxLength={12}
        autoComplete="off"
        spellCheck={false}
        placeholder={words.referenceHint}
        aria-invalid={short || undefined}
        aria-describedby={short ? `${id}-short` : undefined}
        onChange={({ target }) => {
          setLeft(false)
          onChange(target.value)
        }}
        onBlur={() => setLeft(true)}
      />
      {short && (
        <p className="error" id={`${id}-short`}>
          {words.referenceShort}
        </p>
      )}
    </div>
  )
}
