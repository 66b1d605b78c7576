import { FileUp, TriangleAlert } from 'lucide-react'
import { type FormEvent, useLayoutEffect, useRef, useState } from 'react'
import type { ImportReport } from '../../electron/ipc/operator-views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useHeading } from './useHeading.ts'

type ImportFormProps = {
  onEdited: (edited: boolean) => void
  onRead: (report: ImportReport) => void
  onClose: () => void
}

/** Where the list is: a file, which main alone reads, or lines pasted from a spreadsheet. */
export function ImportForm({ onEdited, onRead, onClose }: ImportFormProps) {
  const words = texts.operators.importing
  const calls = useCall('single')
  const heading = useHeading()
  const field = useRef<HTMLTextAreaElement>(null)
  const [pasted, setPasted] = useState('')
  const [missing, setMissing] = useState(false)
  useLayoutEffect(() => onEdited(pasted !== ''))

  const read = (text: string | null): void =>
    void calls.run(async () => {
      const answer = await bridgeOf('operators').readImport({ pasted: text })
      if (answer.ok && answer.value !== null) onRead(answer.value)
      return answer
    })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setMissing(pasted.trim() === '')
    if (pasted.trim() === '') field.current?.focus()
    else read(pasted)
  }

  return (
    <form className="import" aria-labelledby="import-title" noValidate onSubmit={submit}>
      <h2 id="import-title" ref={heading} tabIndex={-1}>
        {words.title}
      </h2>
      <div className="paragraphs">
        <p>{words.intro}</p>
        <pre className="import-columns">
          {words.columns}
          {'\n'}
          {words.example}
        </pre>
        <p>{words.passwords}</p>
      </div>
      <div>
        <Button look="primary" busy={calls.busy} onClick={() => read(null)}>
          <FileUp size={18} />
          {words.choose}
        </Button>
      </div>
      <div className="field">
        <label htmlFor="import-pasted">{words.pasted}</label>
        <textarea
          ref={field}
          id="import-pasted"
          className="input"
          rows={5}
          spellCheck={false}
          value={pasted}
          aria-invalid={missing || undefined}
          aria-describedby={missing ? 'import-missing' : undefined}
          onChange={({ target }) => setPasted(target.value)}
        />
        {missing && (
          <p className="error" id="import-missing">
            <TriangleAlert size={16} />
            {words.missing}
          </p>
        )}
      </div>
      <Failure error={calls.failure} />
      <div className="form-actions">
        <Button type="submit" busy={calls.busy}>
          {words.read}
        </Button>
        <Button onClick={onClose}>{texts.operators.cancel}</Button>
      </div>
    </form>
  )
}
