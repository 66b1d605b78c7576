import { type ReactNode, useEffect, useRef } from 'react'
import type { CallError } from '../../electron/ipc/result.ts'
import { LiveRegion } from './LiveRegion.tsx'
import { Notice } from './Notice.tsx'
import { texts } from './texts.ts'
import { useCountdown } from './useCountdown.ts'

type FailureProps = { error: CallError | null; capsLock?: boolean; action?: ReactNode }

/** The alert of a page: in the document from the start, it speaks when a call is refused. */
export function Failure({ error, capsLock = false, action }: FailureProps) {
  return (
    <LiveRegion kind="alert">
      {error !== null && <Refused key={error.reference} error={error} capsLock={capsLock} action={action} />}
    </LiveRegion>
  )
}

function Refused({ error, capsLock, action }: { error: CallError; capsLock: boolean; action: ReactNode }) {
  const wait = error.code === 'throttled' ? (error.retryAfterSeconds ?? null) : null
  const left = useCountdown(wait, error)
  const place = useRef<HTMLDivElement>(null)
  // After the focus went to the field to correct: in a small window both are then in sight, or at least the reason.
  useEffect(() => {
    const frame = requestAnimationFrame(() => place.current?.scrollIntoView({ block: 'nearest' }))
    return () => cancelAnimationFrame(frame)
  }, [])
  // Over: one may try again, there is nothing left to say.
  if (left === 0) return null
  return (
    <div ref={place}>
      <Notice
        tone={error.code === 'throttled' ? 'watch' : 'mend'}
        remedy={error.remedy ?? null}
        reference={error.reference}
        action={action}
      >
        {left === null ? error.message : <Wait announced={error.message} left={left} />}
        {capsLock && error.code === 'wrong-credentials' && ` ${texts.identification.capsLock}`}
      </Notice>
    </div>
  )
}

/** The seconds run for the eye; the screen reader is told once. */
function Wait({ announced, left }: { announced: string; left: number }) {
  return (
    <>
      <span className="numbers" aria-hidden="true">
        {texts.identification.throttled(left)}
      </span>
      <span className="unseen">{announced}</span>
    </>
  )
}
