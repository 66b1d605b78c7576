import { useRef } from 'react'
import type { ArgsOf } from '../../electron/ipc/contract.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import type { AskedOf } from './asked.ts'
import { Question } from './Question.tsx'

type Answer = ArgsOf<'answerCardRemoved'>['answer']

type CardRemovedProps = { question: AskedOf<'card-removed'>; left: number }

/** « Carte retirée. Rester connecté ? ». « Verrouiller » is the safe answer. */
export function CardRemoved({ question, left }: CardRemovedProps) {
  const words = texts.card.removed
  const calls = useCall()
  const lock = useRef<HTMLButtonElement>(null)

  const answer = (given: Answer): void => {
    const bridge = bridgeOf('stay-connected')
    void calls.run(() => bridge.answerCardRemoved({ question: question.id, answer: given }))
  }

  return (
    <Question
      title={words.title}
      operator={question.operator}
      countdown={{ left, inAll: question.secondsInAll, words: words.countdown }}
      calls={calls}
      safe={lock}
      onSafe={() => answer('lock')}
      onEscape={() => answer('leave')}
      answers={
        <>
          <Button onClick={() => answer('stay')}>{words.stay}</Button>
          <Button ref={lock} look="primary" onClick={() => answer('lock')}>
            {words.lock}
          </Button>
        </>
      }
    />
  )
}
