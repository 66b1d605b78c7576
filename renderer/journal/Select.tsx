import { type ReactNode, useId } from 'react'

type SelectProps = {
  label: string
  value: string
  onChange: (value: string) => void
  children: ReactNode
}

/** One choice among a list, named by its label. */
export function Select({ label, value, onChange, children }: SelectProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={value} onChange={({ target }) => onChange(target.value)}>
        {children}
      </select>
    </div>
  )
}
