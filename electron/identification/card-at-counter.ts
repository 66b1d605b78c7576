import type { CardSnapshot } from '../../native/card/states.ts'
import type { Clock } from '../clock.ts'
import { isActive, type Operator } from '../operators/operator.ts'
import { parseRpps, type Rpps } from '../operators/national-id.ts'
import type { OperatorRepository } from '../operators/repository.ts'
import { cardAfter, sinceAfter, type CardInReader, type CardsSince } from './card-in-reader.ts'

/** The card in the reader, and what it may do for who identifies here. */
export type CardAtCounter = {
  /** Null where the settings silence the card. */
  readonly snapshot: () => CardSnapshot | null
  /** The card process has something new to tell. */
  readonly seen: (snapshot: CardSnapshot) => void
  /** Somebody else is connected, or nobody any more: a card that was there before is theirs, not the next one's. */
  readonly operatorChanged: () => void
  /**
   * The code of the operator whose card was inserted since the last change of operator (product §2.2), unless another
   * one is awaited.
   */
  readonly codeFor: (expected: Operator | null) => string | null
  readonly isInserted: (rpps: Rpps) => boolean
  /** What could make the card of this RPPS confirm, as long as it does not; nothing helps one blocked or expired. */
  readonly hintFor: (rpps: Rpps) => 'insert' | 'insert-again' | 'unusable'
  /** Whether the valid card of this RPPS was inserted since the last change of operator: one left behind proves nothing. */
  readonly confirms: (rpps: Rpps) => boolean
  /** When the certificate of this RPPS's card ends, as long as the card is in the reader. */
  readonly endOfValidity: (rpps: Rpps) => Date | null
}

type Parts = {
  clock: Clock
  enabled: CardSnapshot | null
  operators: Pick<OperatorRepository, 'byRpps'>
  /** The windows have something new to show. */
  changed: () => void
  inserted: (card: CardInReader) => void
  removed: (card: CardInReader) => void
}

/** `enabled`: what is shown until the card process has spoken; null silences the card. */
export function createCardAtCounter(parts: Parts): CardAtCounter {
  const { clock, operators, changed, inserted, removed } = parts
  let snapshot = parts.enabled
  let card: CardInReader | null = null
  let since: CardsSince = new Map()
  let owner: Operator | null = null
  // A card that was there before Comptoir started waited for its operator.
  let lastChange = -Infinity

  const fresh = (): CardInReader | null => (card !== null && card.since > lastChange ? card : null)

  const findOwner = async (): Promise<void> => {
    const asked = card
    const rpps = parseRpps(asked?.rpps ?? '')
    // A database that does not answer only leaves the code to be typed.
    const found = rpps === null ? null : await operators.byRpps(rpps).catch(() => null)
    if (!isSame(card, asked) || owner === found) return
    owner = found
    changed()
  }

  return {
    snapshot: () => snapshot,
    seen: (next) => {
      snapshot = next
      const former = card
      const { state } = next
      const now = clock.monotonic()
      since = sinceAfter(since, state, now)
      card = cardAfter(former, state, state.kind === 'card' ? (since.get(state.card.label) ?? now) : now)
      if (!isSame(former, card)) {
        owner = null
        void findOwner()
      }
      changed()
      if (former !== null && former.label !== card?.label) removed(former)
      // A certificate that is read at last says whose card has been there.
      if (card !== null && (former?.label !== card.label || former.rpps !== card.rpps)) inserted(card)
    },
    operatorChanged: () => {
      lastChange = clock.monotonic()
    },
    codeFor: (expected) => {
      if (fresh() === null || owner === null || !isActive(owner, clock.now())) return null
      return expected === null || expected.id === owner.id ? owner.code : null
    },
    isInserted: (rpps) => card?.rpps === rpps.digits,
    hintFor: (rpps) => {
      if (card?.rpps !== rpps.digits) return 'insert'
      return card.valid ? 'insert-again' : 'unusable'
    },
    confirms: (rpps) => {
      const inserted = fresh()
      // What says nothing of a card does not say that it is still there.
      if (snapshot?.state.kind !== 'card') return false
      return inserted !== null && inserted.valid && inserted.rpps === rpps.digits
    },
    endOfValidity: (rpps) => {
      const state = snapshot?.state
      if (state?.kind !== 'card' || state.card.certificate.kind !== 'read') return null
      const { nationalId, validUntil } = state.card.certificate.holder
      return nationalId?.kind === 'rpps' && nationalId.digits === rpps.digits ? new Date(validUntil) : null
    },
  }
}

function isSame(one: CardInReader | null, other: CardInReader | null): boolean {
  return one?.label === other?.label && one?.rpps === other?.rpps && one?.since === other?.since
}
