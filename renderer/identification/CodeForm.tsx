import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { CallError, Result } from '../../electron/ipc/result.ts'
import { Button } from '../ui/Button.tsx'
import { Eye } from '../ui/Eye.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Field } from '../ui/Field.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { Notice } from '../ui/Notice.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useCapsLock } from '../ui/useCapsLock.ts'
import { useScanner } from '../ui/useScanner.ts'
import { afterRefusal } from './correction.ts'
import { useCodeFromCard } from './useCodeFromCard.ts'

type Typed = { code: string; password: string }

type CodeFormProps = {
  /** Without a label for the code, the password alone is asked for. */
  labels: { code?: string; password: string; submit: string; cancel: string }
  /** The only code possible: shown, not to be typed. */
  fixedCode?: string | null
  codeField?: RefObject<HTMLInputElement | null>
  /** For how many characters the code's field is made: an RPPS may stand in it. */
  codeCharacters?: number
  /** The code of the card in the reader, put where nothing was typed. */
  codeFromCard?: string | null
  /** null: not sent. */
  send: (typed: Typed) => Promise<Result<unknown> | null>
  onCancel: () => void
  /** Between the two. */
  otherAction?: ReactNode
  /** Said until something is sent. */
  failure?: CallError | null
  /** What stands above the fields, right of the code (`false`: what is said of it alone), under and right of them all. */
  children?: ReactNode
  beside?: ReactNode
  under?: ReactNode
  aside?: ReactNode
  /** `row`: the fields side by side, under what is long to read. */
  layout?: 'column' | 'row'
}

/**
 * A code and its password, or a password. What is typed stays in the fields: React keeps no copy of it, and it is
 * emptied when the form goes.
 */
export function CodeForm({
  labels,
  fixedCode = null,
  codeField,
  codeCharacters = 8,
  codeFromCard = null,
  send,
  onCancel,
  otherAction,
  failure = null,
  children,
  beside,
  under,
  aside = false,
  layout = 'column',
}: CodeFormProps) {
  const words = texts.identification
  const calls = useCall('single')
  const ownCode = useRef<HTMLInputElement>(null)
  const code = codeField ?? ownCode
  const password = useRef<HTMLInputElement>(null)
  const [shown, setShown] = useState(false)
  const [remark, setRemark] = useState<'barcode' | 'missing-code' | null>(null)
  const capsLock = useCapsLock()
  const codeTyped = labels.code !== undefined && fixedCode === null
  useScanner((field) => setRemark(field === null ? null : 'barcode'))

  useLayoutEffect(() => {
    const typed = [codeTyped ? code.current : null, password.current].filter((field) => field !== null)
    typed[0]?.focus()
    return () => {
      for (const field of typed) field.value = ''
    }
  }, [code, codeTyped])

  const { given, onCodeTyped } = useCodeFromCard(codeFromCard, { code, password })

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (password.current === null || calls.busy) return
    if (codeTyped && code.current?.value.trim() === '') {
      calls.clear()
      setRemark('missing-code')
      code.current.focus()
      return
    }
    setRemark(null)
    const typed = { code: fixedCode ?? code.current?.value ?? '', password: password.current.value }
    const refusal = await calls.run(async () => (await send(typed)) ?? { ok: true, value: undefined })
    if (refusal === null) return
    const { field, emptyPassword } = afterRefusal(refusal)
    if (emptyPassword && password.current !== null) password.current.value = ''
    const wrongField = field === 'code' && codeTyped ? code.current : password.current
    wrongField?.focus()
    wrongField?.select()
  }

  const enterInCode = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || password.current === null || password.current.value !== '') return
    event.preventDefault()
    // Held down since the step before: nobody pressed it here.
    if (event.repeat) return
    if (code.current?.value.trim() !== '') password.current.focus()
    else setRemark('missing-code')
  }

  const wrong = calls.failure === null ? null : afterRefusal(calls.failure).field
  return (
    <form
      className={`code-form ${layout}${aside === false ? '' : ' with-aside'}`}
      onSubmit={(event) => void submit(event)}
    >
      <div className="above">{children}</div>
      {labels.code !== undefined && (
        <div className="code">
          <Field
            ref={code}
            label={labels.code}
            characters={codeCharacters}
            maxLength={64}
            readOnly={fixedCode !== null}
            defaultValue={fixedCode ?? undefined}
            aria-invalid={remark === 'missing-code' || wrong === 'code' || undefined}
            onKeyDown={enterInCode}
            onInput={onCodeTyped}
          />
        </div>
      )}
      <div className="secret">
        <Field
          ref={password}
          label={labels.password}
          type={shown ? 'text' : 'password'}
          maxLength={256}
          aria-invalid={wrong === 'password' || undefined}
        />
      </div>
      <div className="messages">
        <LiveRegion kind="alert">
          {remark === 'missing-code' && <Notice tone="watch">{words.missingCode}</Notice>}
        </LiveRegion>
        <LiveRegion kind="status">
          {remark === 'barcode' && (
            <Notice tone="watch">{codeTyped ? words.barcode : texts.locked.barcode}</Notice>
          )}
        </LiveRegion>
        <Failure error={calls.failure ?? (calls.busy ? null : failure)} capsLock={capsLock} />
      </div>
      <div className="dialog-actions">
        <Button type="submit" look="primary" busy={calls.busy}>
          {labels.submit}
        </Button>
        {otherAction}
        <Button onClick={onCancel}>{labels.cancel}</Button>
        <LiveRegion kind="status" className={calls.busy ? 'awaited on' : 'awaited'}>
          {calls.busy && words.checking}
        </LiveRegion>
      </div>
      {aside !== false && <div className="aside">{aside}</div>}
      {/* Last in the order of Tab, so that nothing comes between the code, the password and « OK ». */}
      {beside !== undefined && (
        <div className="beside">
          <LiveRegion kind="status" className="quiet-text">
            {given && texts.card.codeFromCard}
          </LiveRegion>
          {beside}
        </div>
      )}
      {under !== undefined && under !== false && <div className="under">{under}</div>}
      <div className="secret-eye">
        <Eye shown={shown} onToggle={() => setShown(!shown)} />
      </div>
    </form>
  )
}
