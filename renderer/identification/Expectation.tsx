import { Lock, UserRound } from 'lucide-react'
import type { OperatorView } from '../../electron/ipc/views.ts'
import type { Role } from '../../electron/operators/operator.ts'
import { reservedTo, texts } from '../ui/texts.ts'

type ExpectationProps = {
  expected: OperatorView | null
  roles: readonly Role[]
  /** The code is the only way in. */
  byCode: boolean
}

/** Who is awaited, when not everybody is. */
export function Expectation({ expected, roles, byCode }: ExpectationProps) {
  const words = texts.identification
  if (expected === null && roles.length === 0) return null
  return (
    <div className="expectations">
      {expected !== null && (
        <p className="expectation">
          <UserRound size={20} />
          {byCode ? words.expected(expected.name) : words.expectedPerson(expected.name)}
        </p>
      )}
      {roles.length > 0 && (
        <p className="expectation">
          <Lock size={20} />
          {reservedTo(roles)}
        </p>
      )}
    </div>
  )
}
