import { type FormEvent, useLayoutEffect, useRef, useState } from 'react'
import type { ErrorCode } from '../../electron/ipc/result.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { DateField } from '../ui/DateField.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Field } from '../ui/Field.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { guessableWords } from '../ui/new-password.ts'
import { Notice } from '../ui/Notice.tsx'
import { PasswordFields } from '../ui/PasswordFields.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useScanner } from '../ui/useScanner.ts'
import { firstIncompleteDay } from '../ui/whole-days.ts'
import { firstWrong, type NewcomerField, wrongNewcomer } from './newcomer-form.ts'
import { RoleChoice } from './RoleChoice.tsx'
import type { StepProps } from './step.ts'

/** The field that a refusal of the main process speaks of. */
const fieldOfRefusal: Partial<Record<ErrorCode, NewcomerField>> = {
  'code-taken': 'code',
  'weak-password': 'password',
}

/** « Je n'ai pas de code opérateur »: Pro Santé Connect has said who it is; the code, the days and the password. */
export function Newcomer({ attempt, step, onCancel }: StepProps<'newcomer'>) {
  const words = texts.newcomer
  const { nameless, proposed, today } = step
  const bridge = bridgeOf('identification')
  const calls = useCall('single')
  const page = useRef<HTMLFormElement>(null)
  const [role, setRole] = useState(proposed.role)
  const [typed, setTyped] = useState({ ...proposed, password: '', passwordAgain: '' })
  const [judged, setJudged] = useState<readonly NewcomerField[]>([])
  const [barcode, setBarcode] = useState(false)
  const wrong = wrongNewcomer(typed, today)
  useScanner((field) => setBarcode(field !== null))

  const focus = (name: NewcomerField): void =>
    page.current?.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus()
  useLayoutEffect(() => page.current?.querySelector('input')?.focus(), [page])

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBarcode(false)
    setJudged(['firstName', 'lastName', 'code', 'firstDay', 'lastDay', 'password', 'passwordAgain'])
    const incomplete = firstIncompleteDay(page.current)
    const first = firstWrong(wrong)
    if (first !== null) return focus(first)
    if (incomplete !== null) return incomplete.focus()
    const { passwordAgain: _, ...filledIn } = typed
    const failure = await calls.run(() => bridge.describeNewcomer({ attempt, form: { ...filledIn, role } }))
    const field = failure === null ? undefined : fieldOfRefusal[failure.code]
    if (field !== undefined) focus(field)
  }

  const bind = (name: NewcomerField) => ({
    name,
    value: typed[name],
    error: judged.includes(name) ? (wrong[name] ?? null) : null,
    onChange: ({ target }: { target: HTMLInputElement }) =>
      setTyped((now) => ({ ...now, [name]: target.value })),
    onBlur: () => {
      if (typed[name] !== '') setJudged((now) => [...now, name])
    },
  })

  return (
    <form
      ref={page}
      className="dialog"
      aria-labelledby="title"
      aria-describedby="intro"
      noValidate
      onSubmit={(event) => void submit(event)}
    >
      <div className="dialog-body">
        <div className="paragraphs">
          <h2 id="title">{words.title}</h2>
          <p id="intro">{words.intro(step.name, step.rpps)}</p>
        </div>
        <div className="fields">
          {nameless && (
            <>
              <Field label={words.firstName} maxLength={200} required {...bind('firstName')} />
              <Field label={words.lastName} maxLength={200} required {...bind('lastName')} />
            </>
          )}
          <Field label={words.code} hint={words.codeHint} maxLength={64} required {...bind('code')} />
          <RoleChoice role={role} onChange={setRole} />
          <DateField label={words.firstDay} max={today} required {...bind('firstDay')} />
          <DateField label={words.lastDay} min={today} required {...bind('lastDay')} />
          <PasswordFields
            password={bind('password')}
            again={bind('passwordAgain')}
            guessable={guessableWords([typed.firstName, typed.lastName], typed.code)}
            scorePassword={bridge.scorePassword}
          />
        </div>
        <div>
          <LiveRegion kind="status">
            {barcode && <Notice tone="watch">{texts.firstRun.barcode}</Notice>}
          </LiveRegion>
          <Failure error={calls.failure} />
        </div>
      </div>
      <div className="dialog-actions">
        <Button type="submit" look="primary" busy={calls.busy}>
          {words.continue}
        </Button>
        <Button onClick={onCancel}>{texts.psc.cancel}</Button>
      </div>
    </form>
  )
}
