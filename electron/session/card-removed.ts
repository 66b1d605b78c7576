import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type CardRemovedAnswer } from '../journal/kinds.ts'
import type { OperatorSession } from './operator-session.ts'
import type { HeldSession } from './session.ts'

/** « Carte retirée. Rester connecté ? », asked of the connected operator whose card was pulled. */
export type CardRemovedQuestion = {
  readonly id: number
  readonly held: HeldSession
  /** When it locks by itself, on the monotonic clock in milliseconds. */
  readonly deadline: number
}

export type CardRemoved = {
  readonly question: () => CardRemovedQuestion | null
  /** The card of the connected operator has left its reader. */
  readonly removed: () => void
  /** Answers; a question that is no longer the one shown changes nothing. */
  readonly answer: (answer: CardRemovedAnswer, id?: number) => void
  /** Takes the question away without an answer: its operator is no longer in front. */
  readonly withdraw: () => void
}

type Parts = {
  clock: Clock
  /** `card.onRemoval` of the settings. */
  onRemoval: () => 'ask' | 'lock' | 'ignore'
  /** Without an answer, Comptoir is locked then. */
  seconds: () => number
  journal: Pick<Journal, 'appendEventually'>
  session: OperatorSession
  /** Called at each change: shows, refreshes or hides the window. */
  changed: () => void
}

/** What a pulled card does to the session of its operator (product §4). */
export function createCardRemoved(parts: Parts): CardRemoved {
  const { clock, onRemoval, seconds, journal, session, changed } = parts
  let question: CardRemovedQuestion | null = null
  let timer: NodeJS.Timeout | undefined
  let lastId = 0

  const show = (next: CardRemovedQuestion | null): void => {
    question = next
    clearTimeout(timer)
    if (next !== null)
      timer = setTimeout(() => answer('countdown'), Math.max(0, next.deadline - clock.monotonic()))
    changed()
  }

  const answer = (given: CardRemovedAnswer, id = question?.id): void => {
    if (question === null || question.id !== id) return
    const { operator } = question.held
    show(null)
    journal.appendEventually({
      kind: 'card-removed.answered',
      outcome: 'done',
      operator: referenceOf(operator),
      details: { answer: given },
    })
    if (given !== 'stay' && given !== 'card-returned') session.lock('card-removed')
  }

  return {
    question: () => question,
    removed: () => {
      const held = session.connected()
      if (held === null || question !== null) return
      const rule = onRemoval()
      switch (rule) {
        case 'ask':
          return show({ id: ++lastId, held, deadline: clock.monotonic() + seconds() * 1000 })
        case 'lock':
          return session.lock('card-removed')
        case 'ignore':
          return undefined
        default:
          return rule
      }
    },
    answer,
    withdraw: () => {
      if (question !== null) show(null)
    },
  }
}
