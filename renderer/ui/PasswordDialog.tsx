import { type ReactNode, useRef, useState } from 'react'
import type { Result } from '../../electron/ipc/result.ts'
import { Button } from './Button.tsx'
import { Eye } from './Eye.tsx'
import { Failure } from './Failure.tsx'
import { Field } from './Field.tsx'
import { LiveRegion } from './LiveRegion.tsx'
import { ModalDialog } from './ModalDialog.tsx'
import { Notice } from './Notice.tsx'
import { texts } from './texts.ts'
import { useCall } from './useCall.ts'
import { useCapsLock } from './useCapsLock.ts'
import './password-fields.css'

type PasswordDialogProps = {
  title: string
  /** « PRÉNOM NOM » of the connected operator, whose password it is. */
  name: string
  /** The button that does it. */
  submit: string
  /** Does it with the password. */
  onPassword: (password: string) => Promise<Result<unknown>>
  /** It is done, or given up: the page takes this away. */
  onClose: () => void
  /** A product's barcode was ignored: heard by the page, which has the only ear of its window. */
  barcode: boolean
  /** What will happen. */
  children: ReactNode
}

/** Asks again for the password of the connected operator, before what cannot be taken lightly. */
export function PasswordDialog({
  title,
  name,
  submit,
  onPassword,
  onClose,
  barcode,
  children,
}: PasswordDialogProps) {
  const field = useRef<HTMLInputElement>(null)
  const [shown, setShown] = useState(false)
  const calls = useCall('single')
  const { busy } = calls
  const [missing, setMissing] = useState(false)
  const capsLock = useCapsLock()
  const words = texts.operators

  const send = async (): Promise<void> => {
    const input = field.current
    if (input === null || busy) return
    setMissing(input.value === '')
    if (input.value === '') return input.focus()
    const refused = await calls.run(() => onPassword(input.value))
    if (refused === null) return onClose()
    input.value = ''
    input.focus()
  }

  return (
    <ModalDialog
      title={title}
      onEscape={busy ? null : onClose}
      onSubmit={() => void send()}
      actions={
        <>
          <Button type="submit" look="primary" busy={busy}>
            {submit}
          </Button>
          <Button onClick={onClose} busy={busy}>
            {words.cancel}
          </Button>
        </>
      }
    >
      {children}
      <div className="field-with-eye">
        <Field
          ref={field}
          data-autofocus
          label={words.ownPassword(name)}
          type={shown ? 'text' : 'password'}
          maxLength={256}
          autoComplete="current-password"
          required
          error={missing ? words.missingPassword : null}
        />
        <Eye shown={shown} onToggle={() => setShown(!shown)} />
      </div>
      <div>
        <LiveRegion kind="status">
          {barcode && <Notice tone="watch">{words.passwordBarcode}</Notice>}
          {busy && <span className="unseen">{texts.identification.checking}</span>}
        </LiveRegion>
        <Failure error={calls.failure} capsLock={capsLock} />
      </div>
    </ModalDialog>
  )
}
