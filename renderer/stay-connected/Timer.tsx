import { texts } from '../ui/texts.ts'

type TimerProps = { left: number; inAll: number }

/** The seconds left, in words and as a bar. Silent: `Announcement` speaks for it. */
export function Timer({ left, inAll }: TimerProps) {
  const share = inAll > 0 ? Math.min(1, left / inAll) : 0
  return (
    <div className="timer">
      <p role="timer" aria-live="off" className="numbers">
        {texts.stayConnected.countdown(left)}
      </p>
      <div className="bar" aria-hidden="true">
        <div style={{ transform: `scaleX(${share})` }} />
      </div>
    </div>
  )
}
