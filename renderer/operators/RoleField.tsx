import { useId } from 'react'
import { type Role, roles } from '../../electron/operators/operator.ts'
import { roleNames, texts } from '../ui/texts.ts'

type RoleFieldProps = {
  role: Role
  /** The connected operator is a titulaire: may appoint one. */
  titulaire: boolean
  /** Why it stays as it is; null: it may be changed. */
  kept: string | null
  onChange: (role: Role) => void
}

/** The role; what cannot be chosen is there, with why. */
export function RoleField({ role, titulaire, kept, onChange }: RoleFieldProps) {
  const words = texts.operators.form
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{words.role}</label>
      <select
        id={id}
        className="input"
        value={role}
        aria-describedby={kept === null ? undefined : `${id}-why`}
        onChange={({ target }) => {
          const chosen = roles.find((each) => each === target.value)
          if (chosen !== undefined) onChange(chosen)
        }}
      >
        {roles.map((each) => (
          <option
            key={each}
            value={each}
            disabled={each !== role && (kept !== null || (each === 'titulaire' && !titulaire))}
          >
            {roleNames[each]}
          </option>
        ))}
      </select>
      {kept !== null && (
        <p className="hint" id={`${id}-why`}>
          {kept}
        </p>
      )}
    </div>
  )
}
