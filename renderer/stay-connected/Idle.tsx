import { useRef } from 'react'
import type { ArgsOf } from '../../electron/ipc/contract.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { idleTexts as words } from '../ui/texts/locks.ts'
import { useCall } from '../ui/useCall.ts'
import type { AskedOf } from './asked.ts'
import { Question } from './Question.tsx'

type Answer = ArgsOf<'answerIdle'>['answer']

type IdleProps = { question: AskedOf<'idle'>; left: number }

/** Nobody has touched anything for long. Any input means that somebody is there: Enter says so too, Escape locks. */
export function Idle({ question, left }: IdleProps) {
  const calls = useCall()
  const stay = useRef<HTMLButtonElement>(null)

  const answer = (given: Answer): void => {
    const bridge = bridgeOf('stay-connected')
    void calls.run(() => bridge.answerIdle({ question: question.id, answer: given }))
  }

  return (
    <Question
      title={words.title}
      reason={words.reason(question.idleMinutes)}
      operator={question.operator}
      countdown={{ left, inAll: question.secondsInAll, words: words.countdown }}
      calls={calls}
      safe={stay}
      onSafe={() => answer('stay')}
      onEscape={() => answer('leave')}
      answers={
        <>
          <Button onClick={() => answer('lock')}>{words.lock}</Button>
          <Button ref={stay} look="primary" onClick={() => answer('stay')}>
            {words.stay}
          </Button>
        </>
      }
    />
  )
}
