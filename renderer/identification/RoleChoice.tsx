import { useId } from 'react'
import { roles, type Role } from '../../electron/operators/operator.ts'
import { rolesNotGiven } from '../ui/texts/identification-newcomer.ts'
import { roleNames, texts } from '../ui/texts.ts'

/** What somebody who comes is here, titulaires excepted. */
export function RoleChoice({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{texts.newcomer.role}</label>
      <select
        id={id}
        className="input"
        value={role}
        onChange={({ target }) => {
          const chosen = roles.find((one) => one === target.value)
          if (chosen !== undefined) onChange(chosen)
        }}
      >
        {roles
          .filter((one) => !rolesNotGiven.includes(one))
          .map((one) => (
            <option key={one} value={one}>
              {roleNames[one]}
            </option>
          ))}
      </select>
    </div>
  )
}
