import type { CardSnapshot } from '../../native/card/states.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { CardPill } from '../ui/card/CardPill.tsx'
import { texts } from '../ui/texts.ts'
import { CodeForm } from './CodeForm.tsx'
import type { StepProps } from './step.ts'

type ConfirmPersonProps = Omit<StepProps<'wrong-person'>, 'onCancel'> & { card: CardSnapshot | null }

/** « Oui, continuer » was pressed: the password of the operator whom Pro Santé Connect names, or their card, proves it. */
export function ConfirmPerson({ attempt, card, step }: ConfirmPersonProps) {
  const words = texts.wrongPerson
  const bridge = bridgeOf('identification')
  const proof = texts.card.proof[step.card]
  return (
    <div className="dialog" role="alertdialog" aria-label={words.title} aria-describedby="person proof">
      <CodeForm
        labels={{
          password: texts.identification.password,
          submit: texts.identification.ok,
          cancel: words.no,
        }}
        send={({ password }) => bridge.confirmPerson({ attempt, password })}
        onCancel={() => void bridge.answerWrongPerson({ attempt, answer: 'no' })}
        under={
          card !== null && (
            <div className="by-card">
              {proof !== null && <p id="proof">{proof}</p>}
              <CardPill card={card} bridge={bridge} />
            </div>
          )
        }
      >
        <h2 id="person">{words.password(step.name)}</h2>
      </CodeForm>
    </div>
  )
}
