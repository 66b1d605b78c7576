import { Lock, UserRound } from 'lucide-react'
import type { OperatorView } from '../../electron/ipc/views.ts'
import type { Role } from '../../electron/operators/operator.ts'
import { reservedTo, texts } from '../ui/texts.ts'

type ExpectationProps = { expected: OperatorView | null; roles: readonly Role[] }

/** Who is awaited, when not everybody is. */
export function Expectation({ expected, roles }: ExpectationProps) {
  return (
    <div className="expectations">
      {expected !== null && (
        <p className="expectation">
          <UserRound size={20} />
          {texts.identification.expected(expected.name)}
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
