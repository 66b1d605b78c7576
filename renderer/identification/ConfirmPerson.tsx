import { bridgeOf } from '../ui/bridge.ts'
import { texts } from '../ui/texts.ts'
import { CodeForm } from './CodeForm.tsx'
import type { StepProps } from './step.ts'

/** « Oui, continuer » was pressed: the password of the operator whom Pro Santé Connect names proves it. */
export function ConfirmPerson({ attempt, step }: Omit<StepProps<'wrong-person'>, 'onCancel'>) {
  const words = texts.wrongPerson
  const bridge = bridgeOf('identification')
  return (
    <div className="dialog" role="alertdialog" aria-label={words.title} aria-describedby="person">
      <CodeForm
        labels={{
          password: texts.identification.password,
          submit: texts.identification.ok,
          cancel: words.no,
        }}
        send={({ password }) => bridge.confirmPerson({ attempt, password })}
        onCancel={() => void bridge.answerWrongPerson({ attempt, answer: 'no' })}
      >
        <h2 id="person">{words.password(step.name)}</h2>
      </CodeForm>
    </div>
  )
}
