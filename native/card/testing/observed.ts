import {
  stateOf,
  type Observation,
  type ReaderObservation,
  type ReaderStatus,
  type TokenStatus,
} from '../observation.ts'
import type { Card, CardState } from '../states.ts'
import { cardOf, holderOf } from './snapshots.ts'
import { cps3 } from './watched.ts'

export const now = new Date('2026-11-22T10:00:00.000Z')
export const cps4 = '3B9B188001001225006480040100009044'
export const unknown: ReaderStatus = { kind: 'unknown' }
export const empty: ReaderStatus = { kind: 'empty' }
export const present = (atr = cps3): ReaderStatus => ({ kind: 'present', atr })

/** What there is before anything special: Cryptolib 5.2.2, PC/SC, no reader. */
function seen(more: Partial<Observation> = {}): Observation {
  return {
    cryptolib: { kind: 'ready', productVersion: '5.2.2' },
    service: 'running',
    readers: [],
    remote: null,
    reference: 'R-1',
    ...more,
  }
}

/** The state that this is, all else being as before anything special. */
export const state = (more: Partial<Observation>): CardState => stateOf(seen(more), now)

/** A reader of that name as PC/SC and Cryptolib see it. */
export function holding(token: TokenStatus, status: ReaderStatus = present(), name = 'A'): ReaderObservation {
  return { name, status, token }
}

/** A card of the production series, valid for long. */
export function soundCard(more: Partial<Card> = {}): Card {
  return cardOf({
    reader: 'A',
    certificate: { kind: 'read', holder: holderOf({ test: false, validUntil: '2028-01-01T00:00:00.000Z' }) },
    ...more,
  })
}

/** The same, laid on a reader without contact. */
export const contactless = (reader: string): Card =>
  soundCard({ reader, label: 'CPS3v3_CL', contactless: true, certificate: { kind: 'none' } })

/** The reader of a card that has been read. */
export const read = (card: Card, status: ReaderStatus = present()): ReaderObservation =>
  holding({ kind: 'read', card }, status, card.reader)
