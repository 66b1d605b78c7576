import type { ViewOf } from '../../electron/ipc/views.ts'
import { texts } from '../ui/texts.ts'
import { useCountdown } from '../ui/useCountdown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTitle } from '../ui/useTitle.ts'
import { Announcement } from './Announcement.tsx'
import { Question } from './Question.tsx'

/** « Rester connecté ? ». The window is empty until there is a question; a new one starts afresh. */
export function StayConnected({ view }: { view: ViewOf<'stay-connected'> }) {
  const { question } = view
  useTitle(texts.stayConnected.title)
  useScanner()
  // Each pushed view says the seconds left anew.
  const left = useCountdown(question?.secondsLeft ?? null, question)
  return (
    <main className="whole">
      {question !== null && <Question key={question.id} question={question} left={left} />}
      <Announcement question={question?.id ?? null} left={left} />
    </main>
  )
}
