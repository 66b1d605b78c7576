import { useLayoutEffect, useRef } from 'react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Avatar, Clamped } from '../ui/Person.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { Timer } from './Timer.tsx'
import { useGuard } from './useGuard.ts'

type AskedQuestion = NonNullable<ViewOf<'stay-connected'>['question']>
type QuestionProps = { question: AskedQuestion; left: number | null }

/** One question. « Déconnecter » is the safe answer: it is the default, and what silence and Escape come to. */
export function Question({ question, left }: QuestionProps) {
  const words = texts.stayConnected
  const { operator, left: modulesLeft, stillOpen, secondsInAll } = question
  const calls = useCall()
  const disconnect = useRef<HTMLButtonElement>(null)
  const counting = question.secondsLeft !== null
  useGuard()

  const answer = (given: 'stay' | 'disconnect' | 'leave'): void => {
    const bridge = bridgeOf('stay-connected')
    void calls.run(() => bridge.answerStayConnected({ question: question.id, answer: given }))
  }

  // Another module still open: its operator is at work there, the focus is left alone.
  useLayoutEffect(() => {
    if (counting) disconnect.current?.focus({ preventScroll: true })
  }, [counting])

  useKeydown((event) => {
    if (event.repeat) return
    if (event.key === 'Escape') answer('leave')
    // A click beside the buttons takes the focus off them; Enter still means the default.
    if (event.key === 'Enter' && counting && document.activeElement === document.body) answer('disconnect')
  })

  return (
    <div className="dialog" role="alertdialog" aria-labelledby="question" aria-describedby="left who what">
      <div className="dialog-body">
        <div className="asked">
          <h1 id="question">{words.title}</h1>
          {modulesLeft.length > 0 && (
            <p className="quiet-text" id="left">
              <Clamped text={words.left(modulesLeft)} />
            </p>
          )}
        </div>
        <div className="person" id="who">
          <Avatar name={operator.name} />
          <div>
            <strong>{words.connected(operator.code)}</strong>
            <p className="quiet-text">
              <Clamped text={operator.name} />
            </p>
            {operator.rpps !== null && (
              <p className="quiet-text numbers">{texts.launcher.rpps(operator.rpps)}</p>
            )}
          </div>
        </div>
        <div id="what">
          {left !== null && <Timer left={left} inAll={secondsInAll} />}
          {stillOpen.length > 0 && (
            <p className="still-open">
              <Clamped text={words.stillOpen(stillOpen)} />
            </p>
          )}
        </div>
        <Failure error={calls.failure} />
      </div>
      <div className="dialog-actions halves">
        <Button onClick={() => answer('stay')}>{words.stay}</Button>
        <Button ref={disconnect} look="primary" onClick={() => answer('disconnect')}>
          {words.disconnect}
        </Button>
      </div>
    </div>
  )
}
