import type { ReactNode } from 'react'
import './timer.css'

type TimerProps = { left: number; inAll: number; children: ReactNode }

/** The seconds left, in the words of its children and as a bar. Silent: the page says elsewhere what is to be heard. */
export function Timer({ left, inAll, children }: TimerProps) {
  const share = inAll > 0 ? Math.min(1, left / inAll) : 0
  return (
    <div className="timer">
      <p role="timer" aria-live="off" className="numbers">
        {children}
      </p>
      <div className="bar" aria-hidden="true">
        <div style={{ transform: `scaleX(${share})` }} />
      </div>
    </div>
  )
}
