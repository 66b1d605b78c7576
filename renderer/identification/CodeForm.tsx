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
import type { RecentOperator } from '../../electron/ipc/views.ts'
import { Button } from '../ui/Button.tsx'
import { Eye } from '../ui/Eye.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Field } from '../ui/Field.tsx'
import { FormRemark, type Remark } from '../ui/FormRemark.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useCapsLock } from '../ui/useCapsLock.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { codeFieldMark, useScanner, type MachineTyped } from '../ui/useScanner.ts'
import { afterRefusal } from './correction.ts'
import { Keypad } from './Keypad.tsx'
import { RecentOperators } from './RecentOperators.tsx'
import { useCodeFromCard } from './useCodeFromCard.ts'
import { useRecentOperators } from './useRecentOperators.ts'

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
  /** Whom to offer; the same array as long as they are the same. */
  recent?: readonly RecentOperator[]
  /** Laid out for fingers. */
  touch?: boolean
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

const nobody: readonly RecentOperator[] = []

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
  recent = nobody,
  touch = false,
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
  const [remark, setRemark] = useState<Remark | null>(null)
  const capsLock = useCapsLock()
  const codeTyped = labels.code !== undefined && fixedCode === null
  useLayoutEffect(() => {
    const typed = [codeTyped ? code.current : null, password.current].filter((field) => field !== null)
    typed[0]?.focus()
    return () => {
      for (const field of typed) field.value = ''
    }
  }, [code, codeTyped])

  const { given, onCodeTyped } = useCodeFromCard(codeFromCard, { code, password })
  const choice = useRecentOperators(
    recent,
    { code, password },
    { given: given ? codeFromCard : null, filled: onCodeTyped },
  )
  const codeChanged = (): void => {
    onCodeTyped()
    choice.typed()
  }

  /** A badge gives a code, in whichever field it was read; it never sends anything. */
  const takeMachineTyped = (typed: MachineTyped): void => {
    if (typed.kind === 'fast') return setRemark('fast')
    setRemark(codeTyped ? 'badge' : 'badge-alone')
    if (codeTyped && code.current !== null) put(code.current, typed.code)
    codeChanged()
    password.current?.focus()
  }
  useScanner((field) => setRemark(field === null ? null : 'barcode'), takeMachineTyped)
  useKeydown((event) => {
    // Held down since the step before: nobody pressed it here.
    if (event.key === 'Enter' && event.repeat) event.preventDefault()
  })

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
    if (choice.hearKey(event) || event.key !== 'Enter' || password.current?.value !== '') return
    event.preventDefault()
    if (!event.repeat) leaveCode()
  }

  /** To the password; with one already there, the code was the last thing to correct. */
  const leaveCode = (): void => {
    if (code.current?.value.trim() === '') {
      setRemark('missing-code')
      code.current.focus()
    } else if (password.current?.value === '') password.current.focus()
    else code.current?.form?.requestSubmit()
  }

  const wrong = calls.failure === null ? null : afterRefusal(calls.failure).field
  return (
    <form
      className={`code-form ${layout}${aside === false ? '' : ' with-aside'}${touch ? ' touch' : ''}`}
      onSubmit={(event) => void submit(event)}
    >
      <div className="above">
        {children}
        {recent.length > 0 && <RecentOperators choice={choice} />}
      </div>
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
            onInput={codeChanged}
            // Its keypad is in the page.
            inputMode={touch ? 'none' : undefined}
            aria-describedby={recent.length > 0 ? choice.help : undefined}
            {...(codeTyped ? codeFieldMark : {})}
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
        <FormRemark remark={remark} codeTyped={codeTyped} />
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
      {touch && codeTyped && <Keypad code={code} onTyped={codeChanged} onOk={leaveCode} />}
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

function put(field: HTMLInputElement, value: string): void {
  field.value = value
}
