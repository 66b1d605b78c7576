import type { Clock } from '../clock.ts'
import type { Caller } from '../ipc/answer.ts'
import { Refusal } from '../ipc/result.ts'
import { newReference } from '../journal/reference.ts'
import { isActive, type Operator } from '../operators/operator.ts'
import { hasRight, type Right } from '../operators/rights.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import type { BuiltInWindows } from '../windows/built-in-windows.ts'
import type { Records } from './records.ts'

/**
 * The operator who calls from one of Comptoir's own pages: the one in whose name it is open, who is connected,
 * who may work and has the right now, whatever they had when it was opened: another program may have suspended them.
 * Rejects with a `Refusal` or `StorageError`.
 */
export type Entitled = (caller: Caller, right: Right | null) => Promise<Operator>

type Parts = {
  clock: Clock
  records: Pick<Records, 'operators'>
  session: Pick<OperatorSession, 'connected'>
  builtIns: Pick<BuiltInWindows, 'ownerOf'>
}

export function createEntitled({ clock, records, session, builtIns }: Parts): Entitled {
  return async ({ webContentsId }, right) => {
    const owner = builtIns.ownerOf(webContentsId)
    if (owner === null || session.connected()?.operator.id !== owner.id) {
      throw new Refusal('not-connected', newReference())
    }
    const operator = await records.operators.byId(owner.id)
    if (operator === null) throw new Refusal('operator-unknown', newReference())
    if (!isActive(operator, clock.now())) throw new Refusal('suspended', newReference())
    if (right !== null && !hasRight(operator, right)) throw new Refusal('right-needed', newReference())
    return operator
  }
}
