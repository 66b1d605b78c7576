import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { texts } from '../ui/texts.ts'
import { CodeForm } from './CodeForm.tsx'
import type { StepProps } from './step.ts'

/** « Associer ce RPPS »: whose it is, by their own code and password. */
export function Association({ attempt, step, onCancel }: StepProps<'association'>) {
  const words = texts.association
  const { code, password } = texts.identification
  const bridge = bridgeOf('identification')
  return (
    <div className="dialog" role="alertdialog" aria-labelledby="title" aria-describedby="intro">
      <CodeForm
        layout="row"
        labels={{ code, password, submit: words.continue, cancel: words.cancel }}
        fixedCode={step.code}
        send={(typed) => bridge.associate({ attempt, ...typed })}
        onCancel={onCancel}
        otherAction={
          step.newcomer && (
            <Button onClick={() => void bridge.startNewcomer({ attempt })}>{texts.newcomer.link}</Button>
          )
        }
      >
        <h2 id="title">{words.title}</h2>
        <p id="intro">{words.intro(step.name, step.rpps, step.reference)}</p>
      </CodeForm>
    </div>
  )
}
