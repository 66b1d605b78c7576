import { UserRound } from 'lucide-react'
import { useId, useLayoutEffect, useRef } from 'react'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useGuard } from '../ui/useGuard.ts'
import { useScanner } from '../ui/useScanner.ts'
import { Panel } from './Panel.tsx'
import type { StepProps } from './step.ts'

/** « Est-ce bien vous ? ». « Non » has the focus: nobody becomes somebody else by an Enter. */
export function WrongPerson({ attempt, step }: Omit<StepProps<'wrong-person'>, 'onCancel'>) {
  const words = texts.wrongPerson
  const calls = useCall('single')
  const question = useId()
  // One text, whose last words have a line of their own.
  const identified = words.question(step.name, step.rpps).slice(0, -words.title.length).trimEnd()
  const no = useRef<HTMLButtonElement>(null)
  useGuard('keys')
  useScanner()
  useLayoutEffect(() => no.current?.focus(), [])

  const answer = (given: 'yes' | 'no'): void => {
    void calls.run(() => bridgeOf('identification').answerWrongPerson({ attempt, answer: given }))
  }

  return (
    <Panel
      role="alertdialog"
      aria-label={words.title}
      aria-describedby={question}
      actions={
        <>
          <Button onClick={() => answer('yes')}>{words.yes}</Button>
          <Button ref={no} look="primary" onClick={() => answer('no')}>
            {words.no}
          </Button>
        </>
      }
    >
      <div className="step-title">
        <UserRound size={24} />
        <h2 id={question}>
          <span className="told-first">{identified}</span> <span className="own-line">{words.title}</span>
        </h2>
      </div>
      <Failure error={calls.failure} />
    </Panel>
  )
}
