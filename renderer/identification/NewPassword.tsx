import { type FormEvent, useLayoutEffect, useRef, useState } from 'react'
import type { Result } from '../../electron/ipc/result.ts'
import type { OperatorView } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { guessableWords, type NewPassword as Typed, wrongNewPassword } from '../ui/new-password.ts'
import { Notice } from '../ui/Notice.tsx'
import { type PasswordBinding, PasswordFields } from '../ui/PasswordFields.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useScanner } from '../ui/useScanner.ts'

type FieldName = keyof Typed

type NewPasswordProps = {
  operator: OperatorView
  words: { title: string; intro: (name: string) => string; save: string }
  send: (password: string) => Promise<Result<unknown>>
  onCancel: () => void
}

/** « Nouveau mot de passe »: the one that was typed is provisional, or Pro Santé Connect has said who forgot theirs. */
export function NewPassword({ operator, words, send, onCancel }: NewPasswordProps) {
  const bridge = bridgeOf('identification')
  const calls = useCall('single')
  const password = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<Typed>({ password: '', passwordAgain: '' })
  const [judged, setJudged] = useState(false)
  const [barcode, setBarcode] = useState(false)
  const wrong = wrongNewPassword(typed)
  useScanner((field) => setBarcode(field !== null))
  useLayoutEffect(() => password.current?.focus(), [])

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBarcode(false)
    setJudged(true)
    if (wrong.password !== undefined) return password.current?.focus()
    if (wrong.passwordAgain !== undefined) return again.current?.focus()
    const failure = await calls.run(() => send(typed.password))
    if (failure !== null) password.current?.focus()
  }

  const bind = (name: FieldName): PasswordBinding => ({
    name,
    value: typed[name],
    error: judged ? (wrong[name] ?? null) : null,
    onChange: ({ target }) => setTyped((now) => ({ ...now, [name]: target.value })),
    // Two passwords that differ are told once the second has been left.
    onBlur: () => {
      if (typed.passwordAgain !== '') setJudged(true)
    },
  })

  return (
    <form
      className="dialog"
      aria-labelledby="title"
      aria-describedby="intro"
      noValidate
      onSubmit={(event) => void submit(event)}
    >
      <div className="dialog-body">
        <div className="paragraphs">
          <h2 id="title">{words.title}</h2>
          <p id="intro">{words.intro(operator.name)}</p>
        </div>
        <div className="fields">
          <PasswordFields
            password={{ ref: password, ...bind('password') }}
            again={{ ref: again, ...bind('passwordAgain') }}
            guessable={guessableWords([operator.name], operator.code)}
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
          {words.save}
        </Button>
        <Button onClick={onCancel}>{texts.psc.cancel}</Button>
      </div>
    </form>
  )
}
