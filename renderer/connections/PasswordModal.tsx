import { useRef, useState } from 'react'
import type { OperatorView } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Field } from '../ui/Field.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { ModalDialog } from '../ui/ModalDialog.tsx'
import { guessableWords, type NewPassword, wrongNewPassword } from '../ui/new-password.ts'
import { Notice } from '../ui/Notice.tsx'
import { type PasswordBinding, PasswordFields } from '../ui/PasswordFields.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useCapsLock } from '../ui/useCapsLock.ts'

type PasswordModalProps = {
  operator: OperatorView
  pharmacy: string
  /** A product's barcode was ignored: heard by the page, which has the only ear of its window. */
  barcode: boolean
  onClose: () => void
  onDone: () => void
}

type Typed = NewPassword & { current: string }
const words = texts.connections.password

/** « Changer mon mot de passe »: the current one is asked for, whoever is connected. */
export function PasswordModal({ operator, pharmacy, barcode, onClose, onDone }: PasswordModalProps) {
  const bridge = bridgeOf('connections')
  const calls = useCall('single')
  const capsLock = useCapsLock()
  const current = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<Typed>({ current: '', password: '', passwordAgain: '' })
  const [judged, setJudged] = useState(false)
  const wrong = { ...wrongNewPassword(typed), ...(typed.current === '' ? { current: words.missing } : {}) }

  const submit = async (): Promise<void> => {
    setJudged(true)
    if (wrong.current !== undefined) return current.current?.focus()
    if (wrong.password !== undefined) return password.current?.focus()
    if (wrong.passwordAgain !== undefined) return again.current?.focus()
    const failure = await calls.run(() =>
      bridge.changeOwnPassword({ current: typed.current, next: typed.password }),
    )
    if (failure === null) return onDone()
    const toCorrect = failure.code === 'wrong-credentials' ? current : password
    toCorrect.current?.focus()
    toCorrect.current?.select()
  }
  const bind = (name: keyof Typed): PasswordBinding => ({
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
    <ModalDialog
      title={words.title}
      onEscape={calls.busy ? null : onClose}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button type="submit" look="primary" busy={calls.busy}>
            {words.save}
          </Button>
          <Button onClick={onClose} busy={calls.busy}>
            {words.cancel}
          </Button>
        </>
      }
    >
      <Field
        label={words.current}
        type="password"
        maxLength={256}
        autoComplete="current-password"
        required
        data-autofocus
        {...bind('current')}
        ref={current}
      />
      <div className="fields">
        <PasswordFields
          password={{ ref: password, ...bind('password') }}
          again={{ ref: again, ...bind('passwordAgain') }}
          labels={words}
          guessable={guessableWords([operator.name, pharmacy], operator.code)}
          scorePassword={bridge.scorePassword}
        />
      </div>
      <div>
        <LiveRegion kind="status">{barcode && <Notice tone="watch">{words.barcode}</Notice>}</LiveRegion>
        <Failure error={calls.failure} capsLock={capsLock} />
      </div>
    </ModalDialog>
  )
}
