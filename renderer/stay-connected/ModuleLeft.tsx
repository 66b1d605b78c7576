import { useRef } from 'react'
import type { ArgsOf } from '../../electron/ipc/contract.ts'
import type { MeansView } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Clamped } from '../ui/Person.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import type { AskedOf } from './asked.ts'
import { Question } from './Question.tsx'

type Answer = ArgsOf<'answerStayConnected'>['answer']
/** These sessions hold one of Pro Santé Connect's, in the browser. */
const holdsPsc: ReadonlySet<MeansView> = new Set(['psc-card', 'psc-e-cps', 'psc'])

type ModuleLeftProps = { question: AskedOf<'module-left'>; left: number | null }

/** « Rester connecté ? », when a module was left. « Déconnecter » is the safe answer. */
export function ModuleLeft({ question, left }: ModuleLeftProps) {
  const words = texts.stayConnected
  const { operator, left: modulesLeft, stillOpen, secondsInAll } = question
  const calls = useCall()
  const disconnect = useRef<HTMLButtonElement>(null)

  const answer = (given: Answer): void => {
    const bridge = bridgeOf('stay-connected')
    void calls.run(() => bridge.answerStayConnected({ question: question.id, answer: given }))
  }

  return (
    <Question
      title={words.title}
      reason={modulesLeft.length > 0 ? words.left(modulesLeft) : null}
      operator={operator}
      badge={holdsPsc.has(question.means) && <p className="psc-badge">{words.pscConnected}</p>}
      countdown={left === null ? null : { left, inAll: secondsInAll, words: words.countdown }}
      calls={calls}
      safe={disconnect}
      onSafe={() => answer('disconnect')}
      onEscape={() => answer('leave')}
      answers={
        <>
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
        </>
      }
    >
      {stillOpen.length > 0 && (
        <p className="still-open">
          <Clamped text={words.stillOpen(stillOpen)} />
        </p>
      )}
    </Question>
  )
}
