import { type FormEvent, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import type { OperatorSheet } from '../../electron/ipc/operator-views.ts'
import type { ErrorCode, Result } from '../../electron/ipc/result.ts'
import { displayName, localDay } from '../../electron/operators/operator.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { DateField } from '../ui/DateField.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Field } from '../ui/Field.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { firstIncompleteDay } from '../ui/whole-days.ts'
import type { Desk } from './asking.ts'
import { RightFields } from './RightFields.tsx'
import { RoleField } from './RoleField.tsx'
import { asksPassword, blankForm, type FieldName, formOf, rppsWarning } from './rules.ts'
import { useForm } from './useForm.ts'
import '../ui/password-fields.css'

type OperatorFormProps = {
  /** Who is edited; null: somebody new. */
  sheet: OperatorSheet | null
  /** The connected operator is a titulaire. */
  titulaire: boolean
  /** Of the connected operator. */
  ownCode: string
  desk: Desk
  /** Told of whether something would be lost. */
  onEdited: (edited: boolean) => void
  onDone: (id: string) => void
  onCancel: () => void
}

/** The field that a refusal of the main process speaks of. */
const fieldOfRefusal: Partial<Record<ErrorCode, FieldName>> = {
  'code-taken': 'code',
  'rpps-of-another': 'rpps',
}

/** « Nouvel opérateur », or what can be changed of one. */
export function OperatorForm({
  sheet,
  titulaire,
  ownCode,
  desk,
  onEdited,
  onDone,
  onCancel,
}: OperatorFormProps) {
  const words = texts.operators.form
  const bridge = bridgeOf('operators')
  const calls = useCall('single')
  const page = useRef<HTMLFormElement>(null)
  const start = sheet === null ? blankForm('') : formOf(sheet)
  const { form, edited, bind, set, suggest, check } = useForm(start)
  const name = displayName(form)
  /** Nobody but a titulaire changes what they are trusted with themselves. */
  const ownTrust = sheet?.code === ownCode && !titulaire ? texts.operators.sheet.ownTrust : null

  const focus = (field: FieldName): void =>
    page.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus()
  useLayoutEffect(() => page.current?.querySelector('input')?.focus(), [])
  useLayoutEffect(() => onEdited(edited))
  const isNew = sheet === null
  const suggested = useEffectEvent((code: string) => suggest({ code }))
  useEffect(() => {
    if (!isNew) return undefined
    let over = false
    const ask = async (): Promise<void> => {
      const answer = await bridgeOf('operators').suggestCode()
      if (!over && answer.ok) suggested(answer.value)
    }
    void ask()
    return () => {
      over = true
    }
  }, [isNew])

  const create = async (password: string | null): Promise<Result<unknown>> => {
    const answer = await bridge.createOperator({ form, password })
    if (answer.ok) {
      const told = texts.operators.given.created(form.code.trim().toUpperCase(), name)
      desk.give({ password: answer.value.password, told })
      onDone(answer.value.id)
    }
    return answer
  }
  const save = async (edits: OperatorSheet, password: string | null): Promise<Result<unknown>> => {
    const answer = await bridge.changeOperator({ id: edits.id, seen: edits.changedAt, form, password })
    if (answer.ok) {
      desk.tell(words.saved(edits.code))
      onDone(edits.id)
    }
    return answer
  }
  const perform = (password: string | null): Promise<Result<unknown>> =>
    sheet === null ? create(password) : save(sheet, password)

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const incomplete = firstIncompleteDay(page.current)
    const wrong = check()
    if (wrong !== null) return focus(wrong)
    if (incomplete !== null) return incomplete.focus()
    if (sheet !== null && !edited) return onDone(sheet.id)
    if (asksPassword(form, sheet === null ? null : formOf(sheet), localDay(new Date()))) {
      calls.clear()
      return desk.ask({
        title: sheet === null ? words.newTitle : words.editTitle(sheet.name),
        lines: sheet === null ? words.confirmCreate(name) : words.confirmSave(sheet.name),
        submit: sheet === null ? words.create : words.save,
        perform,
      })
    }
    const failure = await calls.run(() => perform(null))
    const field = failure === null ? undefined : fieldOfRefusal[failure.code]
    if (field !== undefined) focus(field)
  }

  return (
    <form
      ref={page}
      className="operator-form"
      aria-labelledby="form-title"
      noValidate
      onSubmit={(event) => void submit(event)}
    >
      <h2 id="form-title">{sheet === null ? words.newTitle : words.editTitle(sheet.name)}</h2>
      <div className="fields">
        <Field label={words.firstName} maxLength={200} required {...bind('firstName')} />
        <Field label={words.lastName} maxLength={200} required {...bind('lastName')} />
        <Field
          label={words.code}
          hint={sheet === null ? words.codeHint : words.codeKept}
          readOnly={sheet !== null}
          maxLength={64}
          required
          {...bind('code')}
        />
        <RoleField
          role={form.role}
          titulaire={titulaire}
          kept={sheet?.lastTitulaire === true ? words.lastTitulaire : ownTrust}
          onChange={(role) => set({ role })}
        />
        <Field
          label={words.rpps}
          hint={ownTrust ?? words.rppsHint}
          readOnly={ownTrust !== null}
          warning={rppsWarning(form.rpps, sheet?.rpps ?? null)}
          maxLength={20}
          {...bind('rpps')}
        />
        <div className="fields-dates">
          <DateField label={words.firstDay} {...bind('firstDay')} />
          <DateField label={words.lastDay} {...bind('lastDay')} />
        </div>
      </div>
      <RightFields
        role={form.role}
        rights={form.rights}
        titulaire={titulaire}
        onChange={(rights) => set({ rights })}
      />
      {sheet === null && <p className="quiet-text">{words.provisional}</p>}
      <Failure error={calls.failure} />
      <div className="form-actions">
        <Button type="submit" look="primary" busy={calls.busy}>
          {sheet === null ? words.create : words.save}
        </Button>
        <Button onClick={onCancel}>{texts.operators.cancel}</Button>
      </div>
    </form>
  )
}
