import { useState } from 'react'
import { type FieldName, fieldNames, nothingTyped, type Typed, wrongFields } from './rules.ts'

/** What `Field` needs to hold one of the fields. */
export type Binding = {
  name: FieldName
  value: string
  error: string | null
  onChange: (event: { target: HTMLInputElement }) => void
  onBlur: () => void
}

export type TypedForm = {
  readonly typed: Typed
  readonly bind: (name: FieldName) => Binding
  /** Shows every error; returns the first wrong field, or null. */
  readonly check: () => FieldName | null
}

/** A field says what is wrong once it was edited and left, or once the form was sent; never while one types first. */
export function useTyped(codeAsked: boolean): TypedForm {
  const [typed, setTyped] = useState<Typed>(nothingTyped)
  const [edited, setEdited] = useState<ReadonlySet<FieldName>>(new Set())
  const [judged, setJudged] = useState<ReadonlySet<FieldName>>(new Set())
  const wrong = wrongFields(typed, codeAsked)
  return {
    typed,
    bind: (name) => ({
      name,
      value: typed[name],
      error: judged.has(name) ? (wrong[name] ?? null) : null,
      onChange: ({ target }) => {
        setTyped((now) => ({ ...now, [name]: target.value }))
        setEdited((now) => new Set(now).add(name))
      },
      onBlur: () => {
        if (edited.has(name)) setJudged((now) => new Set(now).add(name))
      },
    }),
    check: () => {
      setJudged(new Set(fieldNames))
      return fieldNames.find((name) => wrong[name] !== undefined) ?? null
    },
  }
}
