import { useId } from 'react'
import type { OperatorAction, OperatorSheet } from '../../electron/ipc/operator-views.ts'
import type { Result } from '../../electron/ipc/result.ts'
import { isDangerous } from '../../electron/operators/rights.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import type { Desk } from './asking.ts'
import { possibleActions, type Hindrance } from './possible.ts'

type ActionsProps = {
  sheet: OperatorSheet
  desk: Desk
  /** Of the connected operator. */
  ownCode: string
  onEdit: () => void
}

/** What can be done to an operator. What cannot is there too, with why. */
export function Actions({ sheet, desk, ownCode, onEdit }: ActionsProps) {
  const words = texts.operators
  const id = useId()
  const calls = useCall('single')
  const possible = possibleActions(sheet, ownCode)
  const { reserved, lastTitulaire, ownPassword, ownTrust, gone } = words.sheet
  const reasons: Record<Hindrance, string> = {
    reserved,
    'last-titulaire': lastTitulaire,
    'own-password': ownPassword,
    'own-trust': ownTrust,
  }
  const hindrances = new Set(possible.flatMap((each) => each.hindrance ?? []))

  const perform = async (action: OperatorAction, password: string | null): Promise<Result<unknown>> => {
    const answer = await bridgeOf('operators').actOnOperator({ id: sheet.id, action, password })
    if (!answer.ok) return answer
    if (answer.value === null) desk.tell(words.actions[action].done(sheet.code))
    else desk.give({ password: answer.value.password, told: words.given.reset(sheet.code, sheet.name) })
    return answer
  }
  const press = (action: OperatorAction): void => {
    calls.clear()
    const { name, explain } = words.actions[action]
    if (isDangerous(action)) {
      return desk.ask({
        title: words.actionTitle(name, sheet.name),
        lines: explain(sheet.name),
        submit: name,
        perform: (password) => perform(action, password),
      })
    }
    return void calls.run(() => perform(action, null))
  }

  if (sheet.presence === 'departed') return <p className="sheet-why">{gone}</p>
  return (
    <section aria-label={words.sheet.actions}>
      <div className="sheet-actions">
        <Act hindrance={sheet.reservedToTitulaires ? `${id}-reserved` : null} onPress={onEdit}>
          {words.sheet.edit}
        </Act>
        {possible.map((each) => (
          <Act
            // One button, whichever of the two it says: the focus stays on it.
            key={each.action === 'resume' ? 'suspend' : each.action}
            hindrance={each.hindrance === null ? null : `${id}-${each.hindrance}`}
            onPress={() => press(each.action)}
          >
            {words.actions[each.action].name}
          </Act>
        ))}
      </div>
      {[...hindrances].map((hindrance) => (
        <p key={hindrance} className="sheet-why" id={`${id}-${hindrance}`}>
          {reasons[hindrance]}
        </p>
      ))}
      <Failure error={calls.failure} />
    </section>
  )
}

type ActProps = {
  /** The id of what explains why it cannot be. */
  hindrance: string | null
  onPress: () => void
  children: string
}

/** Where it cannot be, it can still be reached by the keyboard, and says why. */
function Act({ hindrance, onPress, children }: ActProps) {
  return hindrance === null ? (
    <Button onClick={onPress}>{children}</Button>
  ) : (
    <Button busy aria-describedby={hindrance}>
      {children}
    </Button>
  )
}
