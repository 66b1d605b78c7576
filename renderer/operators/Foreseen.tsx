import { CalendarClock, CreditCard, IdCard } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Foreseen as Expected } from '../../electron/ipc/operator-views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { texts } from '../ui/texts.ts'
import { useAnswer } from './useAnswer.ts'

type ForeseenProps = {
  /** `YYYY-MM-DD`. */
  today: string
  version: number
  onOpen: (id: string) => void
}

/** Of each kind, so many are named: who wants them all has the list. */
const named = 8

/** « À prévoir »: who has no RPPS, whose last day comes, whose card ends. Silent where it cannot be read. */
export function Foreseen({ today, version, onOpen }: ForeseenProps) {
  const words = texts.operators.foreseen
  const { value: expected } = useAnswer(`${version} ${today}`, () => bridgeOf('operators').foreseen())
  if (expected === null) return null
  if (expected.length === 0) return <p className="foreseen nothing">{words.nothing}</p>
  const lastDays = expected.filter((each) => each.kind === 'last-day')
  const cards = expected.filter((each) => each.kind === 'card')
  const without = expected.filter((each) => each.kind === 'without-rpps')
  const counts = [
    lastDays.length > 0 && words.lastDays(lastDays.length),
    cards.length > 0 && words.cards(cards.length),
    without.length > 0 && words.withoutRpps(without.length),
  ].filter((count) => count !== false)
  const group = { onOpen, today }
  return (
    <details className="foreseen">
      <summary>
        <strong>{words.title}</strong> {counts.join(' · ')}
      </summary>
      <div className="foreseen-groups">
        <Group
          title={words.lastDaysTitle}
          remedy={words.lastDaysRemedy}
          Shape={<CalendarClock size={18} />}
          all={lastDays}
          {...group}
        />
        <Group
          title={words.cardsTitle}
          remedy={words.cardsRemedy}
          Shape={<CreditCard size={18} />}
          all={cards}
          {...group}
        />
        <Group
          title={words.withoutRppsTitle}
          remedy={words.withoutRppsRemedy}
          Shape={<IdCard size={18} />}
          all={without}
          {...group}
        />
      </div>
    </details>
  )
}

type GroupProps = {
  title: string
  remedy: string
  Shape: ReactNode
  all: readonly Expected[]
  today: string
  onOpen: (id: string) => void
}

function Group({ title, remedy, Shape, all, today, onOpen }: GroupProps) {
  if (all.length === 0) return null
  return (
    <section className="foreseen-group">
      <h2>
        {Shape}
        {title}
      </h2>
      <ul>
        {all.slice(0, named).map((each) => (
          <li key={each.operator.id}>
            <button type="button" className="link" onClick={() => onOpen(each.operator.id)}>
              {each.operator.name}
            </button>
            <span className="quiet-text">{whenOf(each, today)}</span>
          </li>
        ))}
        {all.length > named && (
          <li className="quiet-text">{texts.operators.foreseen.others(all.length - named)}</li>
        )}
      </ul>
      <p className="quiet-text">{remedy}</p>
    </section>
  )
}

function whenOf(expected: Expected, today: string): string | null {
  const words = texts.operators.foreseen
  switch (expected.kind) {
    case 'without-rpps':
      return null
    case 'last-day':
      return words.lastDay(expected.day, today)
    case 'card':
      return words.card(expected.day, today)
    default:
      return expected
  }
}
