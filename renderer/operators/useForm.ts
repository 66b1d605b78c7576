import { useState } from 'react'
import type { OperatorForm } from '../../electron/ipc/operator-views.ts'
import { type FieldName, fieldNames, isEdited, wrongFields } from './rules.ts'

/** What a text or a date field is held by. */
export type Binding = {
  name: FieldName
  value: string
  error: string | null
  onChange: (event: { target: HTMLInputElement }) => void
  onBlur: () => void
}

export type TypedForm = {
  readonly form: OperatorForm
  /** Whether it is something else than what it began with. */
  readonly edited: boolean
  readonly bind: (name: FieldName) => Binding
  readonly set: (change: Partial<OperatorForm>) => void
  /** Begins with something else, where nothing was typed there yet. */
  readonly suggest: (change: Partial<OperatorForm>) => void
  /** Shows every error; returns the first wrong field, or null. */
  readonly check: () => FieldName | null
}

/** A field says what is wrong once it was edited and left, or once the form was sent; never while one types first. */
export function useForm(start: OperatorForm): TypedForm {
  const [state, setState] = useState({ before: start, form: start })
  const [touched, setTouched] = useState<ReadonlySet<FieldName>>(new Set())
  const [judged, setJudged] = useState<ReadonlySet<FieldName>>(new Set())
  const { before, form } = state
  const wrong = wrongFields(form)
  const set = (change: Partial<OperatorForm>): void =>
    setState((now) => ({ ...now, form: { ...now.form, ...change } }))
  return {
    form,
    edited: isEdited(form, before),
    set,
    suggest: (change) =>
      setState((now) => ({
        before: { ...now.before, ...change },
        form: isEdited(now.form, now.before) ? now.form : { ...now.form, ...change },
      })),
    bind: (name) => ({
      name,
      value: form[name] ?? '',
      error: judged.has(name) ? (wrong[name] ?? null) : null,
      onChange: ({ target }) => {
        set({ [name]: isDay(name) && target.value === '' ? null : target.value })
        setTouched((now) => new Set(now).add(name))
      },
      onBlur: () => {
        if (touched.has(name)) setJudged((now) => new Set(now).add(name))
      },
    }),
    check: () => {
      setJudged(new Set(fieldNames))
      return fieldNames.find((name) => wrong[name] !== undefined) ?? null
    },
  }
}

function isDay(name: FieldName): boolean {
  return name === 'firstDay' || name === 'lastDay'
}
