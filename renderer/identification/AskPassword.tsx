import { useLayoutEffect, useRef } from 'react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { PscNotice } from '../ui/psc/PscNotice.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useSame } from '../ui/useSame.ts'
import { CardPill } from '../ui/card/CardPill.tsx'
import { ByPsc } from './ByPsc.tsx'
import { CodeForm } from './CodeForm.tsx'
import { Expectation } from './Expectation.tsx'
import type { StepProps } from './step.ts'
import { WithoutCode } from './WithoutCode.tsx'

type AskPasswordProps = StepProps<'ask'> & { view: ViewOf<'identification'> }

/** Code and password on the left, what one does all day; Pro Santé Connect on the right, where it is offered. */
export function AskPassword({ attempt, view, step, onCancel }: AskPasswordProps) {
  const words = texts.identification
  const psc = useCall('single')
  const code = useRef<HTMLInputElement>(null)
  const recent = useSame(step.recent)
  const failed = step.failure?.reference ?? psc.failure?.reference

  // Pro Santé Connect did not lead in: the code is the way that is left.
  useLayoutEffect(() => {
    if (failed !== undefined) code.current?.focus()
  }, [failed])

  const bridge = bridgeOf('identification')
  const card = view.card !== null && <CardPill card={view.card} bridge={bridge} />
  const forgotten = (): void => {
    if (attempt !== 0) void psc.run(() => bridge.forgottenPassword({ attempt }))
  }

  return (
    <CodeForm
      codeField={code}
      codeCharacters={step.phone === null || view.expected !== null ? 8 : 12}
      codeFromCard={step.codeFromCard}
      recent={recent}
      touch={view.touch}
      labels={{ code: words.code, password: words.password, submit: words.ok, cancel: words.cancel }}
      send={async (typed) => (attempt === 0 ? null : bridge.submitCode({ attempt, ...typed }))}
      failure={step.psc ? null : (step.failure ?? psc.failure)}
      onCancel={onCancel}
      beside={!step.psc && card}
      aside={
        step.psc && (
          <>
            <ByPsc
              attempt={attempt}
              calls={psc}
              failure={step.failure}
              notice={<PscNotice state={view.psc} otherwise="code" />}
              phone={step.phone}
              who={view.expected === null ? code : null}
            />
            {card}
          </>
        )
      }
      under={
        (step.forgotten || step.newcomer !== 'no') && (
          <div className="links">
            {step.forgotten && (
              <button type="button" className="link" onClick={forgotten}>
                {texts.forgotten.link}
              </button>
            )}
            <WithoutCode attempt={attempt} calls={psc} leads={step.newcomer} />
          </div>
        )
      }
    >
      <Expectation expected={view.expected} roles={view.roles} byCode={!step.psc} />
    </CodeForm>
  )
}
