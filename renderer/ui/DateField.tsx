import { type ComponentProps, useState } from 'react'
import { Field } from './Field.tsx'
import { texts } from './texts.ts'
import { earliestDay, isWholeDay, latestDay } from './whole-days.ts'

type DateFieldProps = Omit<ComponentProps<typeof Field>, 'type'>

/** A field for a day, which says that it is not whole once it is left or the form is sent; never while one types. */
export function DateField({ error = null, onChange, onBlur, ...field }: DateFieldProps) {
  const [incomplete, setIncomplete] = useState(false)
  return (
    <Field
      min={earliestDay}
      max={latestDay}
      {...field}
      type="date"
      error={incomplete ? texts.days.incomplete : error}
      onChange={(event) => {
        if (isWholeDay(event.target)) setIncomplete(false)
        onChange?.(event)
      }}
      onBlur={(event) => {
        setIncomplete(!isWholeDay(event.target))
        onBlur?.(event)
      }}
      onInvalid={({ currentTarget }) => setIncomplete(!isWholeDay(currentTarget))}
    />
  )
}
