import { useLayoutEffect, useRef } from 'react'
import type { ArgsOf } from '../../electron/ipc/contract.ts'
import type { MeansView, ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Avatar, Clamped } from '../ui/Person.tsx'
import { texts } from '../ui/texts.ts'
import { Timer } from '../ui/Timer.tsx'
import { useCall } from '../ui/useCall.ts'
import { useGuard } from '../ui/useGuard.ts'
import { useKeydown } from '../ui/useKeydown.ts'

type AskedQuestion = NonNullable<ViewOf<'stay-connected'>['question']>
type Answer = ArgsOf<'answerStayConnected'>['answer']
/** These sessions hold one of Pro Santé Connect's, in the browser. */
const holdsPsc: ReadonlySet<MeansView> = new Set(['psc-card', 'psc-e-cps', 'psc'])

type QuestionProps = { question: AskedQuestion; left: number | null }

/** One question. « Déconnecter » is the safe answer: it is the default, and what silence and Escape come to. */
export function Question({ question, left }: QuestionProps) {
  const words = texts.stayConnected
  const { operator, left: modulesLeft, stillOpen, secondsInAll } = question
  const calls = useCall()
  const disconnect = useRef<HTMLButtonElement>(null)
  const psc = holdsPsc.has(question.means)
  const counting = question.secondsLeft !== null
  useGuard()

  const answer = (given: Answer): void => {
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
            {psc && <p className="psc-badge">{words.pscConnected}</p>}
          </div>
        </div>
        <div id="what">
          {left !== null && (
            <Timer left={left} inAll={secondsInAll}>
              {words.countdown(left)}
            </Timer>
          )}
          {stillOpen.length > 0 && (
            <p className="still-open">
              <Clamped text={words.stillOpen(stillOpen)} />
            </p>
          )}
        </div>
        <Failure error={calls.failure} />
      </div>
      <div className="dialog-actions halves answers">
        {question.mayLeavePsc && (
          <Button onClick={() => answer('stay-without-psc')}>{words.stayWithoutPsc}</Button>
        )}
        <Button onClick={() => answer('stay')}>{words.stay}</Button>
        <Button
          ref={disconnect}
          look="primary"
          aria-describedby={question.endsPsc ? 'ends-psc' : undefined}
          onClick={() => answer('disconnect')}
        >
          {words.disconnect}
        </Button>
        {question.endsPsc && (
          <p id="ends-psc" className="ends-psc">
            {words.endsPsc}
          </p>
        )}
      </div>
    </div>
  )
}
