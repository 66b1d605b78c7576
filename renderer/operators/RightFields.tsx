import { useId } from 'react'
import type { Role } from '../../electron/operators/operator.ts'
import { givenRights, type GivenRight } from '../../electron/operators/rights.ts'
import { texts } from '../ui/texts.ts'

type RightFieldsProps = {
  role: Role
  rights: readonly GivenRight[]
  /** The connected operator is a titulaire: gives rights. */
  titulaire: boolean
  onChange: (rights: GivenRight[]) => void
}

/** What is given besides what the role has, each with why it is given to somebody. */
export function RightFields({ role, rights, titulaire, onChange }: RightFieldsProps) {
  const words = texts.operators
  const id = useId()
  const byRole = role === 'titulaire'
  const toggle = (toggled: GivenRight): void =>
    onChange(givenRights.filter((right) => rights.includes(right) !== (right === toggled)))
  return (
    <fieldset className="right-fields">
      <legend>{words.form.rights}</legend>
      {byRole && <p className="quiet-text">{words.form.rightsOfRole}</p>}
      {!byRole && !titulaire && (
        <p className="quiet-text" id={`${id}-reserved`}>
          {words.form.rightsReserved}
        </p>
      )}
      {!byRole &&
        givenRights.map((right) => (
          <div key={right} className="right-field">
            <input
              id={`${id}-${right}`}
              type="checkbox"
              checked={rights.includes(right)}
              aria-disabled={titulaire ? undefined : true}
              aria-describedby={titulaire ? `${id}-${right}-reason` : `${id}-${right}-reason ${id}-reserved`}
              onChange={() => {
                if (titulaire) toggle(right)
              }}
            />
            <div>
              <label htmlFor={`${id}-${right}`}>{words.rights[right].name}</label>
              <p className="quiet-text" id={`${id}-${right}-reason`}>
                {words.rights[right].reason}
              </p>
            </div>
          </div>
        ))}
    </fieldset>
  )
}
