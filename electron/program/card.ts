import type { Clock } from '../clock.ts'
import type { Attempts, Attempt } from '../identification/attempt.ts'
import { createCardAtCounter, type CardAtCounter } from '../identification/card-at-counter.ts'
import { Refusal } from '../ipc/result.ts'
import type { Notice } from '../ipc/views.ts'
import { newReference } from '../journal/reference.ts'
import { localDay, type Operator } from '../operators/operator.ts'
import type { Authentication } from '../psc/authentication.ts'
import { createCardRemoved, type CardRemoved } from '../session/card-removed.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import { heldIn } from '../session/session.ts'
import type { Settings } from '../settings/schema.ts'
import type { CardTest } from '../../native/card/protocol.ts'
import { searching } from '../../native/card/states.ts'
import { CardProcessError } from '../../native/card/supervisor.ts'
import { fr, texts } from '../../renderer/ui/texts.ts'
import type { MakeCardSupervisor } from './card-process.ts'
import type { Records } from './records.ts'

/** The card at the counter: what it shows, what it fills in, and what its removal asks. */
export type CardService = {
  readonly atCounter: CardAtCounter
  readonly removed: CardRemoved
  readonly start: () => void
  /** Resolves once nothing of it is left. */
  readonly stop: () => Promise<void>
  /** « Tester ma carte ». Rejects with a `Refusal`. */
  readonly test: () => Promise<CardTest>
  /** The session in front has changed. */
  readonly sessionChanged: () => void
  /** The browser is back from Pro Santé Connect: tries of the card's code may have been used. */
  readonly followAttempt: (attempt: Attempt) => void
  /** Somebody was identified by Pro Santé Connect. */
  readonly identified: (operator: Operator, authentication: Authentication) => void
}

type Parts = {
  settings: Settings
  clock: Clock
  records: Pick<Records, 'operators' | 'journal'>
  session: OperatorSession
  makeSupervisor: MakeCardSupervisor
  attempts: () => Pick<Attempts, 'cardInserted'>
  notice: () => Notice | null
  notify: (notice: Notice | null) => void
  /** The windows that show the card are to be told. */
  changed: () => void
  /** The question of a pulled card has changed. */
  asked: () => void
}

export function createCard(parts: Parts): CardService {
  const { settings, clock, records, session, makeSupervisor, attempts, notify } = parts
  const { operators } = records
  const removed = createCardRemoved({
    clock,
    onRemoval: () => settings.card.onRemoval,
    seconds: () => settings.session.stayConnectedSeconds,
    journal: records.journal,
    session,
    changed: parts.asked,
  })
  /** Of the connected operator. */
  const isTheirs = (rpps: string | null): boolean => {
    const theirs = session.connected()?.operator.rpps
    return rpps !== null && theirs?.digits === rpps
  }
  const atCounter = createCardAtCounter({
    clock,
    enabled: makeSupervisor === null ? null : searching,
    operators,
    changed: parts.changed,
    inserted: ({ rpps }) => {
      if (isTheirs(rpps)) removed.answer('card-returned')
      attempts().cardInserted()
    },
    removed: ({ rpps }) => {
      if (isTheirs(rpps)) removed.removed()
      if (parts.notice() === stillInReader) notify(null)
    },
  })
  const supervisor = makeSupervisor?.(atCounter.seen) ?? null
  let pscAsked = false
  /** Whose session was in front before its last change, and whether they were connected, or locked out. */
  let inFront: Operator | null = null
  let connected: Operator | null = null

  return {
    atCounter,
    removed,
    start: () => supervisor?.start(),
    stop: () => supervisor?.stop() ?? Promise.resolve(),
    test: async () => {
      if (supervisor === null) throw new Refusal('card-off', newReference())
      try {
        return await supervisor.test()
      } catch (error) {
        if (!(error instanceof CardProcessError)) throw error
        const code = error.reason === 'too-slow' ? 'card-reading-slow' : 'card-reading-failed'
        throw new Refusal(code, error.reference)
      }
    },
    sessionChanged: () => {
      const { session: front } = session.state()
      const working = session.connected()?.operator ?? null
      if (working?.id !== connected?.id) atCounter.operatorChanged()
      if (removed.question()?.held.operator.id !== working?.id) removed.withdraw()
      const left = front.kind === 'none' ? (inFront?.rpps ?? null) : null
      if (left !== null && atCounter.isInserted(left)) notify(stillInReader)
      connected = working
      inFront = heldIn(front)?.operator ?? null
    },
    followAttempt: (attempt) => {
      const step = attempt.kind === 'identifying' ? attempt.step.kind : null
      // By CIBA too: its channel may be the card.
      const isOut = step === 'browser' || step === 'phone'
      if (pscAsked && !isOut) supervisor?.refresh()
      pscAsked = isOut
    },
    identified: (operator, { identity: { rpps, authMode } }) => {
      if (rpps === null || authMode !== 'CARD') return
      supervisor?.loggedIn(rpps.digits)
      const until = atCounter.endOfValidity(rpps)
      // Only a reminder (« À prévoir »): a database that does not answer loses nothing else.
      if (until !== null) void operators.setCardUntil(operator.id, localDay(until)).catch(() => undefined)
    },
  }
}

const stillInReader: Notice = {
  tone: 'watch',
  text: fr(texts.card.stillInReader),
  remedy: fr(texts.card.stillInReaderRemedy),
  reference: null,
}
