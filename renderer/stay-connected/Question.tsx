import { type ReactNode, type RefObject, useLayoutEffect } from 'react'
import type { OperatorView } from '../../electron/ipc/views.ts'
import { Failure } from '../ui/Failure.tsx'
import { Avatar, Clamped } from '../ui/Person.tsx'
import { texts } from '../ui/texts.ts'
import { Timer } from '../ui/Timer.tsx'
import type { Calls } from '../ui/useCall.ts'
import { useGuard } from '../ui/useGuard.ts'
import { useKeydown } from '../ui/useKeydown.ts'

type QuestionProps = {
  title: string
  /** Why it is asked, under the title. */
  reason?: string | null
  operator: OperatorView
  /** Under the operator's name. */
  badge?: ReactNode
  /** Seconds left, or null where nothing happens by itself: the focus is then left alone. */
  countdown: { left: number; inAll: number; words: (seconds: number) => string } | null
  /** What else there is to know. */
  children?: ReactNode
  calls: Calls
  /** The safe answer: it has the focus, and what silence and Escape come to resembles it. */
  safe: RefObject<HTMLButtonElement | null>
  onSafe: () => void
  onEscape: () => void
  answers: ReactNode
}

/** One question about the session of an operator, deaf to strays. */
export function Question(props: QuestionProps) {
  const { title, reason = null, operator, badge, countdown, children, calls, safe, answers } = props
  const counting = countdown !== null
  useGuard()

  // Another module still open: its operator is at work there, the focus is left alone.
  useLayoutEffect(() => {
    if (counting) safe.current?.focus({ preventScroll: true })
  }, [counting, safe])

  useKeydown((event) => {
    if (event.repeat) return
    if (event.key === 'Escape') props.onEscape()
    // A click beside the buttons takes the focus off them; Enter still means the default.
    if (event.key === 'Enter' && counting && document.activeElement === document.body) props.onSafe()
  })

  return (
    <div className="dialog" role="alertdialog" aria-labelledby="question" aria-describedby="why who what">
      <div className="dialog-body">
        <div className="asked">
          <h1 id="question">{title}</h1>
          {reason !== null && (
            <p className="quiet-text" id="why">
              <Clamped text={reason} />
            </p>
          )}
        </div>
        <div className="person" id="who">
          <Avatar name={operator.name} />
          <div>
            <strong>{texts.stayConnected.connected(operator.code)}</strong>
            <p className="quiet-text">
              <Clamped text={operator.name} />
            </p>
            {operator.rpps !== null && (
              <p className="quiet-text numbers">{texts.launcher.rpps(operator.rpps)}</p>
            )}
            {badge}
          </div>
        </div>
        <div id="what">
          {countdown !== null && (
            <Timer left={countdown.left} inAll={countdown.inAll}>
              {countdown.words(countdown.left)}
            </Timer>
          )}
          {children}
        </div>
        <Failure error={calls.failure} />
      </div>
      <div className="dialog-actions halves answers">{answers}</div>
    </div>
  )
}
