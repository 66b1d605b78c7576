import { useLayoutEffect, useRef } from 'react'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Notice } from '../ui/Notice.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useGuard } from '../ui/useGuard.ts'
import { useScanner } from '../ui/useScanner.ts'
import { CodeForm } from './CodeForm.tsx'
import { Panel } from './Panel.tsx'
import type { StepProps } from './step.ts'

type Props = StepProps<'association-confirm'>

/** « Associer le RPPS … ? », by the operator alone, or with somebody who is authorised. */
export function AssociationConfirm(props: Props) {
  return props.step.authorisation ? <Authorised {...props} /> : <Alone {...props} />
}

/** The password was just typed: « Associer » is awaited, unless the names make one look twice. */
function Alone({ attempt, step, onCancel }: Props) {
  const words = texts.association
  const calls = useCall('single')
  const associate = useRef<HTMLButtonElement>(null)
  const cancel = useRef<HTMLButtonElement>(null)
  const sure = step.differing === null
  useGuard('keys')
  useScanner()
  useLayoutEffect(() => (sure ? associate : cancel).current?.focus(), [sure])

  const confirm = (): void => {
    void calls.run(() => bridgeOf('identification').confirmAssociation({ attempt, authoriser: null }))
  }

  return (
    <Panel
      role="alertdialog"
      aria-label={words.title}
      aria-describedby="asked"
      actions={
        <>
          <Button ref={associate} look={sure ? 'primary' : 'plain'} busy={calls.busy} onClick={confirm}>
            {words.associate}
          </Button>
          <Button ref={cancel} onClick={onCancel}>
            {words.cancel}
          </Button>
        </>
      }
    >
      <Asked step={step} />
      <Failure error={calls.failure} />
    </Panel>
  )
}

function Authorised({ attempt, step, onCancel }: Props) {
  const words = texts.association
  return (
    <div className="dialog" role="alertdialog" aria-label={words.title} aria-describedby="asked">
      <CodeForm
        layout="row"
        labels={{
          code: words.authoriserCode,
          password: words.authoriserPassword,
          submit: words.associate,
          cancel: words.cancel,
        }}
        send={(authoriser) => bridgeOf('identification').confirmAssociation({ attempt, authoriser })}
        onCancel={onCancel}
      >
        <Asked step={step} />
      </CodeForm>
    </div>
  )
}

/** The question, and what makes it doubtful. */
function Asked({ step }: Pick<Props, 'step'>) {
  const { question, differing, authorisation } = texts.association
  const { operator, rpps } = step
  const doubts = [
    step.differing === null ? null : differing(step.differing.psc, step.differing.comptoir),
    step.authorisation ? authorisation : null,
  ].filter((doubt) => doubt !== null)
  return (
    <div className="paragraphs" id="asked">
      <h2>{question(rpps, operator.code, operator.name)}</h2>
      {doubts[0] !== undefined && (
        <Notice tone="watch" remedy={doubts[1] ?? null}>
          {doubts[0]}
        </Notice>
      )}
    </div>
  )
}
