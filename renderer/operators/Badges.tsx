import { CalendarClock, CalendarX, DoorOpen, KeyRound, Lock, type LucideIcon, Pause } from 'lucide-react'
import type { OperatorRow, Presence } from '../../electron/ipc/operator-views.ts'
import { texts } from '../ui/texts.ts'

type Badge = {
  readonly text: string
  readonly Shape: LucideIcon
  readonly tone: 'neutral' | 'watch' | 'mend'
}

const presences: Record<Exclude<Presence, 'active'>, Pick<Badge, 'Shape' | 'tone'>> = {
  suspended: { Shape: Pause, tone: 'watch' },
  'not-yet': { Shape: CalendarClock, tone: 'neutral' },
  over: { Shape: CalendarX, tone: 'neutral' },
  departed: { Shape: DoorOpen, tone: 'neutral' },
}

/** What there is to know of an operator's state, each with a word and a shape of its own. */
export function Badges({ operator, firstDay = null }: { operator: OperatorRow; firstDay?: string | null }) {
  const badges = badgesOf(operator, firstDay)
  if (badges.length === 0) return null
  return (
    <span className="badges">
      {badges.map(({ text, Shape, tone }) => (
        <span key={text} className={`badge ${tone}`}>
          <Shape size={14} />
          {text}
        </span>
      ))}
    </span>
  )
}

function badgesOf({ presence, blocked, provisional }: OperatorRow, firstDay: string | null): Badge[] {
  const words = texts.operators
  const badges: Badge[] = []
  const text = words.presence(presence, firstDay)
  if (presence !== 'active' && text !== null) badges.push({ text, ...presences[presence] })
  if (blocked) badges.push({ text: words.blocked, Shape: Lock, tone: 'mend' })
  if (provisional) badges.push({ text: words.provisional, Shape: KeyRound, tone: 'watch' })
  return badges
}
