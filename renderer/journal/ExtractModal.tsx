import { useRef, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { ModalDialog } from '../ui/ModalDialog.tsx'
import { texts } from '../ui/texts.ts'

type ExtractModalProps = { count: number; onMake: (reason: string) => void; onClose: () => void }

/** What the extract is for, which it and the journal then say. */
export function ExtractModal({ count, onMake, onClose }: ExtractModalProps) {
  const words = texts.journal.extractForm
  const field = useRef<HTMLInputElement>(null)
  const [reason, setReason] = useState('')
  const [judged, setJudged] = useState(false)
  const missing = reason.trim() === ''
  const submit = (): void => {
    setJudged(true)
    if (missing) field.current?.focus()
    else onMake(reason.trim())
  }
  return (
    <ModalDialog
      title={words.title}
      onEscape={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button type="submit" look="primary">
            {words.make}
          </Button>
          <Button onClick={onClose}>{texts.journal.cancel}</Button>
        </>
      }
    >
      <p>{words.intro(count)}</p>
      <Field
        ref={field}
        data-autofocus
        label={words.reason}
        hint={words.reasonHint}
        value={reason}
        maxLength={200}
        required
        error={judged && missing ? words.missing : null}
        onChange={({ target }) => setReason(target.value)}
      />
    </ModalDialog>
  )
}
