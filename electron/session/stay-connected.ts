import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf, type StayConnectedAnswer } from '../journal/kinds.ts'
import type { OperatorSession } from './operator-session.ts'
import { holdsBrowser, holdsPsc, isByPsc, type HeldSession } from './session.ts'

/** « Rester connecté ? », asked of the connected operator who leaves a module. */
export type Question = {
  readonly id: number
  readonly held: HeldSession
  /** Labels of the modules left since the question is shown. */
  readonly left: readonly string[]
  /** One of them asks for Pro Santé Connect: its operator may stay without it. */
  readonly mayLeavePsc: boolean
  /** When it is answered by itself, on the monotonic clock in milliseconds; null while a module of theirs is open. */
  readonly deadline: number | null
}

export type StayConnected = {
  readonly question: () => Question | null
  /** A module that this operator had opened has just been left: several ends at once make one question. */
  readonly moduleLeft: (label: string, askedForPsc: boolean) => void
  /** Another module was opened or left: a countdown runs only while none of theirs is open. */
  readonly modulesChanged: () => void
  /** Another question stands before this one, or no longer does: a countdown that nobody sees does not run. */
  readonly setHidden: (hidden: boolean) => void
  /** Answers; a question that is no longer the one shown changes nothing. */
  readonly answer: (answer: StayConnectedAnswer, id?: number) => void
  /** Something was typed or pointed at in a module: another of theirs that is open answers « Rester connecté ». */
  readonly workedElsewhere: () => void
  /** Takes the question away without an answer: its operator is no longer in front. */
  readonly withdraw: () => void
}

type Parts = {
  clock: Clock
  /** How long a countdown is. */
  seconds: () => number
  journal: Pick<Journal, 'appendEventually'>
  session: OperatorSession
  /** Labels of the modules still open in the connected operator's name. */
  stillOpen: () => readonly string[]
  /** Ends Pro Santé Connect, also in the browser where its session is: a press of « Déconnecter » does, nothing automatic. */
  leavePsc: (inBrowser: boolean) => void
  /** Called at each change: shows, refreshes or hides the window. */
  changed: (question: Question | null) => void
}

const endReasons = {
  disconnect: 'stay-connected-disconnect',
  countdown: 'countdown',
  escape: 'escape',
  'window-closed': 'window-closed',
} as const

export function createStayConnected(parts: Parts): StayConnected {
  const { clock, seconds, journal, session, stillOpen, leavePsc, changed } = parts
  let question: Question | null = null
  let timer: NodeJS.Timeout | undefined
  let lastId = 0
  let hidden = false

  const show = (next: Question | null): void => {
    question = next
    clearTimeout(timer)
    const deadline = next?.deadline ?? null
    if (deadline !== null) {
      timer = setTimeout(() => answer('countdown'), Math.max(0, deadline - clock.monotonic()))
    }
    changed(next)
  }

  const answer = (given: StayConnectedAnswer, id = question?.id): void => {
    if (question === null || question.id !== id) return
    const { operator, means } = question.held
    show(null)
    journal.appendEventually({
      kind: 'stay-connected.answered',
      outcome: 'done',
      operator: referenceOf(operator),
      means: means.kind === 'password' ? 'password' : 'psc',
      details: { answer: given },
    })
    const ending = given === 'disconnect' || given === 'stay-without-psc'
    const held = session.connected()
    if (ending && holdsPsc(held)) leavePsc(holdsBrowser(held))
    if (given === 'stay-without-psc') session.leavePsc('operator')
    else if (given !== 'stay') session.end(endReasons[given])
  }

  const newDeadline = (): number | null =>
    hidden || stillOpen().length > 0 ? null : clock.monotonic() + seconds() * 1000

  return {
    question: () => question,
    moduleLeft: (label, askedForPsc) => {
      const held = session.connected()
      if (held === null) return
      const deadline = newDeadline()
      const left = question === null ? [label] : [...question.left, label]
      const mayLeavePsc = isByPsc(held) && (askedForPsc || question?.mayLeavePsc === true)
      show({ id: question?.id ?? ++lastId, held, left, mayLeavePsc, deadline })
    },
    modulesChanged: () => {
      if (question === null) return
      const counting = question.deadline !== null
      const deadline = counting && stillOpen().length === 0 ? question.deadline : newDeadline()
      show({ ...question, deadline })
    },
    setHidden: (next) => {
      if (hidden === next) return
      hidden = next
      if (question !== null) show({ ...question, deadline: newDeadline() })
    },
    answer,
    workedElsewhere: () => {
      if (question?.deadline === null && stillOpen().length > 0) answer('stay')
    },
    withdraw: () => {
      if (question !== null) show(null)
    },
  }
}
