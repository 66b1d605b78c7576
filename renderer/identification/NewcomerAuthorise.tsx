import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { roleNames, texts } from '../ui/texts.ts'
import { CodeForm } from './CodeForm.tsx'
import type { StepProps } from './step.ts'

/** Somebody of the team, here and now, lets the newcomer in by their own code and password. */
export function NewcomerAuthorise({ attempt, step, onCancel }: StepProps<'newcomer-authorise'>) {
  const words = texts.newcomer
  const { authoriserCode, authoriserPassword, authorisation, cancel } = texts.association
  const bridge = bridgeOf('identification')
  const { code, role, rpps, firstDay, lastDay } = step
  return (
    <div className="dialog" role="alertdialog" aria-labelledby="title" aria-describedby="summary">
      <CodeForm
        layout="row"
        labels={{ code: authoriserCode, password: authoriserPassword, submit: words.confirm, cancel }}
        send={(typed) => bridge.authoriseNewcomer({ attempt, ...typed })}
        otherAction={
          <Button onClick={() => void bridge.correctNewcomer({ attempt })}>{words.correct}</Button>
        }
        onCancel={onCancel}
      >
        <div className="paragraphs">
          <h2 id="title">{words.confirmTitle(step.name ?? '', code)}</h2>
          <p id="summary">
            {words.summary(roleNames[role], rpps, firstDay, lastDay)} {authorisation}
          </p>
        </div>
      </CodeForm>
    </div>
  )
}
