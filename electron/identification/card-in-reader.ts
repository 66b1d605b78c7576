import { rppsOf } from '../../native/card/observation.ts'
import type { Card, CardState } from '../../native/card/states.ts'

/** The card that is in the reader, as far as it says who is here. */
export type CardInReader = {
  readonly label: string
  /** 11 digits; null where the card has none. */
  readonly rpps: string | null
  /** A blocked or expired card says whose it is, but confirms nobody. */
  readonly valid: boolean
  /** When it was first seen, on the monotonic clock in milliseconds. */
  readonly since: number
}

/** When each card that is in a reader was first seen there, by label, on the monotonic clock in milliseconds. */
export type CardsSince = ReadonlyMap<string, number>

/** The same once `state` is known at `now`. Of several cards, the one that stays was there before. */
export function sinceAfter(former: CardsSince, state: CardState, now: number): CardsSince {
  const inserted = insertedBy(state)
  return inserted === null ? former : new Map(inserted.map(({ label }) => [label, former.get(label) ?? now]))
}

/**
 * The card in the reader once `state` is known; one that was not, is there since `since`. What says nothing about it (a
 * reading under way, Cryptolib starting again) leaves the former one; several cards are nobody's, but none of them has
 * left.
 */
export function cardAfter(former: CardInReader | null, state: CardState, since: number): CardInReader | null {
  const inserted = insertedBy(state)
  if (inserted === null) return former
  if (state.kind !== 'card') return inserted.some(({ label }) => label === former?.label) ? former : null
  const [card] = inserted
  if (card === undefined) return null
  const holder = card.certificate.kind === 'read' ? card.certificate.holder : null
  return {
    label: card.label,
    rpps: holder === null ? null : rppsOf(holder),
    valid: !state.remarks.includes('blocked') && !state.remarks.includes('expired'),
    since: former?.label === card.label ? former.since : since,
  }
}

/** The cards that `state` sees inserted; null where it says nothing of them. */
function insertedBy(state: CardState): readonly Card[] | null {
  switch (state.kind) {
    case 'card':
      return state.card.contactless ? [] : [state.card]
    case 'several-cards':
      return state.cards
    case 'searching':
    case 'reading':
    case 'reader-busy':
    case 'restarting':
    case 'service-stopped':
    case 'cryptolib-missing':
    case 'cryptolib-32-bit-only':
    case 'cryptolib-unusable':
    case 'cryptolib-too-old':
      return null
    case 'no-reader':
    case 'remote-session':
    case 'empty-reader':
    case 'mute':
    case 'vitale':
    case 'not-recognised':
      return []
    default:
      return state
  }
}
