import { type FormEvent, type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { bridgeOf } from '../ui/bridge.ts'
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

type CodeFormProps = {
  attempt: number
  onCancel: () => void
  /** What stands above the fields. */
  children: ReactNode
}

/** Code and password of one attempt. What is typed stays in the two fields: React keeps no copy of it. */
export function CodeForm({ attempt, onCancel, children }: CodeFormProps) {
  const words = texts.identification
  const calls = useCall('single')
  const code = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const [shown, setShown] = useState(false)
  const [remark, setRemark] = useState<'barcode' | 'missing-code' | null>(null)
  const capsLock = useCapsLock()
  useScanner((field) => setRemark(field === null ? null : 'barcode'))

  useLayoutEffect(() => {
    code.current?.focus()
    const typed = [code.current, password.current]
    return () => {
      for (const field of typed) if (field !== null) field.value = ''
    }
  }, [])

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (code.current === null || password.current === null || calls.busy || attempt === 0) return
    if (code.current.value.trim() === '') {
      calls.clear()
      setRemark('missing-code')
      code.current.focus()
      return
    }
    setRemark(null)
    const typed = { attempt, code: code.current.value, password: password.current.value }
    const failure = await calls.run(() => bridgeOf('identification').submitCode(typed))
    if (failure === null) return
    const { field, emptyPassword } = afterRefusal(failure)
    if (emptyPassword && password.current !== null) password.current.value = ''
    const wrong = field === 'code' ? code.current : password.current
    wrong?.focus()
    wrong?.select()
  }

  const enterInCode = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || password.current === null || password.current.value !== '') return
    event.preventDefault()
    if (code.current?.value.trim() !== '') password.current.focus()
    else setRemark('missing-code')
  }

  const wrong = calls.failure === null ? null : afterRefusal(calls.failure).field
  return (
    <form className="code-form" onSubmit={(event) => void submit(event)}>
      {children}
      <div className="code">
        <Field
          ref={code}
          label={words.code}
          characters={8}
          maxLength={64}
          aria-invalid={remark === 'missing-code' || wrong === 'code' || undefined}
          onKeyDown={enterInCode}
        />
      </div>
      <div className="secret">
        <Field
          ref={password}
          label={words.password}
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
          {remark === 'barcode' && <Notice tone="watch">{words.barcode}</Notice>}
        </LiveRegion>
        <Failure error={calls.failure} capsLock={capsLock} />
      </div>
      <div className="dialog-actions">
        <Button type="submit" look="primary" busy={calls.busy}>
          {words.ok}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
        <LiveRegion kind="status" className={calls.busy ? 'checking on' : 'checking'}>
          {calls.busy && words.checking}
        </LiveRegion>
      </div>
      {/* Last in the order of Tab, so that nothing comes between the password and « OK »; drawn over its field. */}
      <div className="secret-eye">
        <Eye shown={shown} onToggle={() => setShown(!shown)} />
      </div>
    </form>
  )
}
