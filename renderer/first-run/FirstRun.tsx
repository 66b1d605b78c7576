import { type FormEvent, useLayoutEffect, useRef, useState } from 'react'
import type { ErrorCode } from '../../electron/ipc/result.ts'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Field } from '../ui/Field.tsx'
import { HelpLink } from '../ui/HelpLink.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { Notice } from '../ui/Notice.tsx'
import { guessableWords } from '../ui/new-password.ts'
import { PasswordFields } from '../ui/PasswordFields.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTitle } from '../ui/useTitle.ts'
import { type FieldName, rppsWarning } from './rules.ts'
import { useTyped } from './useTyped.ts'

/** The field that a refusal of the main process speaks of. */
const fieldOfRefusal: Partial<Record<ErrorCode, FieldName>> = {
  'installation-code-wrong': 'installationCode',
  'code-taken': 'code',
  'weak-password': 'password',
}

/** « Créer le titulaire »: the first operator of a workstation. */
export function FirstRun({ view }: { view: ViewOf<'first-run'> }) {
  const words = texts.firstRun
  const bridge = bridgeOf('first-run')
  const calls = useCall('single')
  const page = useRef<HTMLFormElement>(null)
  const codeAsked = view.installationCode === 'asked'
  const form = useTyped(codeAsked)
  const { firstName, lastName, code } = form.typed
  const [barcode, setBarcode] = useState(false)

  const focus = (name: FieldName): void =>
    page.current?.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus()
  const cancel = (): void => void bridge.cancelFirstRun()

  useTitle(words.title)
  useScanner((field) => setBarcode(field !== null))
  useKeydown((event) => {
    if (event.key === 'Escape' && !event.repeat) cancel()
  })
  useLayoutEffect(() => page.current?.querySelector('input')?.focus(), [])

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBarcode(false)
    const wrong = form.check()
    if (wrong !== null) return focus(wrong)
    const { passwordAgain: _, ...operator } = form.typed
    const failure = await calls.run(() => bridge.createTitulaire(operator))
    const field = failure === null ? undefined : fieldOfRefusal[failure.code]
    if (field !== undefined) focus(field)
  }

  return (
    <main className="whole">
      <form
        ref={page}
        className="dialog"
        aria-labelledby="title"
        noValidate
        onSubmit={(event) => void submit(event)}
      >
        <div className="dialog-body">
          <div>
            <h1 id="title">{words.title}</h1>
            <p className="quiet-text">{view.pharmacy}</p>
          </div>
          <p>{words.intro}</p>
          {view.installationCode === 'none' && (
            <Notice tone="watch" remedy={words.codeAnother}>
              {words.codeNone}
            </Notice>
          )}
          {codeAsked && (
            <Field
              label={words.installationCode}
              characters={32}
              hint={words.installationCodeHint}
              maxLength={80}
              required
              {...form.bind('installationCode')}
            />
          )}
          <div className="fields">
            <Field label={words.firstName} maxLength={200} required {...form.bind('firstName')} />
            <Field label={words.lastName} maxLength={200} required {...form.bind('lastName')} />
            <Field label={words.code} hint={words.codeHint} maxLength={64} required {...form.bind('code')} />
            <Field
              label={words.rpps}
              hint={words.rppsHint}
              warning={rppsWarning(form.typed.rpps)}
              maxLength={20}
              {...form.bind('rpps')}
            />
            <PasswordFields
              password={form.bind('password')}
              again={form.bind('passwordAgain')}
              guessable={guessableWords([firstName, lastName], code)}
              scorePassword={bridge.scorePassword}
            />
          </div>
          <div>
            <LiveRegion kind="status">{barcode && <Notice tone="watch">{words.barcode}</Notice>}</LiveRegion>
            <Failure error={calls.failure} />
          </div>
        </div>
        <div className="dialog-actions">
          <Button type="submit" look="primary" busy={calls.busy}>
            {words.create}
          </Button>
          <Button onClick={cancel}>{words.cancel}</Button>
        </div>
      </form>
      <HelpLink page="operators" openHelp={bridge.openHelp} />
    </main>
  )
}
