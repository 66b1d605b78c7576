import { TriangleAlert } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'

type FieldProps = Omit<ComponentProps<'input'>, 'className' | 'id'> & {
  label: string
  hint?: string
  /** What is wrong: the field is announced as invalid and described by it. */
  error?: string | null
  /** What may be wrong and stops nothing. */
  warning?: string | null
  /** Width of the input, in characters; the whole row when absent. */
  characters?: number
  children?: ReactNode
}

/** A labelled input with what there is to say about it underneath. */
export function Field({
  label,
  hint,
  error = null,
  warning = null,
  characters,
  children,
  ...input
}: FieldProps) {
  const id = useId()
  const described = [
    hint === undefined ? null : `${id}-hint`,
    error === null ? null : `${id}-error`,
    warning === null ? null : `${id}-warning`,
    input['aria-describedby'] ?? null,
  ].filter((part) => part !== null)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={error === null ? undefined : true}
        {...input}
        id={id}
        className="input"
        style={characters === undefined ? undefined : { maxWidth: `calc(${characters}ch + 2.5rem)` }}
        aria-describedby={described.length === 0 ? undefined : described.join(' ')}
      />
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== null && (
        <p className="error" id={`${id}-error`}>
          <TriangleAlert size={16} />
          {error}
        </p>
      )}
      {warning !== null && (
        <p className="watch" id={`${id}-warning`}>
          <TriangleAlert size={16} />
          {warning}
        </p>
      )}
      {children}
    </div>
  )
}
