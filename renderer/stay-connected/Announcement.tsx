import { useState } from 'react'
import { announcedSeconds } from '../ui/countdown.ts'

type AnnouncementProps = {
  question: string | null
  left: number | null
  words: (seconds: number) => string
}

/** What a screen reader is told of the countdown: at the opening and at 10 s, not each second. */
export function Announcement({ question, left, words }: AnnouncementProps) {
  const [opening, setOpening] = useState({ question, left })
  if (opening.question !== question) setOpening({ question, left })
  const spoken = left === null || opening.left === null ? null : announcedSeconds(opening.left, left)
  return (
    <p aria-live="polite" className="unseen">
      {spoken !== null && words(spoken)}
    </p>
  )
}
