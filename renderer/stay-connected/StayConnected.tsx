import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { HelpLink } from '../ui/HelpLink.tsx'
import { texts } from '../ui/texts.ts'
import { idleTexts } from '../ui/texts/locks.ts'
import { useCountdown } from '../ui/useCountdown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTitle } from '../ui/useTitle.ts'
import { Announcement } from './Announcement.tsx'
import type { Asked } from './asked.ts'
import { CardRemoved } from './CardRemoved.tsx'
import { Idle } from './Idle.tsx'
import { ModuleLeft } from './ModuleLeft.tsx'

const wordsOf = {
  'card-removed': texts.card.removed,
  idle: idleTexts,
  'module-left': texts.stayConnected,
} as const

/** « Rester connecté ? ». The window is empty until there is a question; a new one starts afresh. */
export function StayConnected({ view }: { view: ViewOf<'stay-connected'> }) {
  const { question } = view
  const words = question === null ? texts.stayConnected : wordsOf[question.kind]
  useTitle(words.title)
  useScanner()
  // Each pushed view says the seconds left anew.
  const left = useCountdown(question?.secondsLeft ?? null, question)
  const key = question === null ? null : keyOf(question)
  return (
    <main className="whole">
      {question?.kind === 'module-left' && <ModuleLeft key={key} question={question} left={left} />}
      {question?.kind === 'card-removed' && (
        <CardRemoved key={key} question={question} left={left ?? question.secondsLeft} />
      )}
      {question?.kind === 'idle' && (
        <Idle key={key} question={question} left={left ?? question.secondsLeft} />
      )}
      {question !== null && (
        <HelpLink
          page={question.kind === 'module-left' ? 'switch' : 'locked'}
          openHelp={bridgeOf('stay-connected').openHelp}
        />
      )}
      <Announcement question={key} left={left} words={words.countdown} />
    </main>
  )
}

/** The kinds are numbered apart. */
function keyOf({ kind, id }: Asked): string {
  return `${kind} ${id}`
}
