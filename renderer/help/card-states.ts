import type { Card, CardState, CardStateKind, Remark } from '../../native/card/states.ts'
import { type CardText, cardText, remarkText } from '../ui/texts/card.ts'
import { keysOf } from '../ui/keys.ts'
import { stateWords as words } from '../ui/texts/help/card.ts'

const reader = ''

/** A card of which nothing is known: what is said of it has « … » where its dates would be. */
const anyCard = {
  reader,
  label: '',
  model: '',
  serial: '',
  contactless: false,
  triesLeft: 3,
  certificate: { kind: 'unreadable' },
} as const satisfies Card

const goodCard: Card = {
  ...anyCard,
  certificate: {
    kind: 'read',
    holder: {
      type: 'CPS',
      lastName: words.name,
      nationalId: null,
      firstName: null,
      title: null,
      cardNumber: null,
      test: false,
      profession: null,
      validFrom: '',
      validUntil: '',
      issuer: { name: '', chain: 'unknown' },
    },
  },
}

/** One of each state, as far as its words go. */
const states: Record<Exclude<CardStateKind, 'card'>, CardState> = {
  searching: { kind: 'searching' },
  reading: { kind: 'reading', reader },
  'empty-reader': { kind: 'empty-reader', reader },
  'no-reader': { kind: 'no-reader' },
  mute: { kind: 'mute', reader },
  'not-recognised': { kind: 'not-recognised', reader },
  vitale: { kind: 'vitale', reader },
  'several-cards': { kind: 'several-cards', cards: [] },
  'reader-busy': { kind: 'reader-busy', reader },
  restarting: { kind: 'restarting', reference: '' },
  'remote-session': { kind: 'remote-session', by: 'rdp' },
  'service-stopped': { kind: 'service-stopped' },
  'cryptolib-missing': { kind: 'cryptolib-missing' },
  'cryptolib-32-bit-only': { kind: 'cryptolib-32-bit-only', path: '' },
  'cryptolib-unusable': {
    kind: 'cryptolib-unusable',
    path: words.library,
    reason: 'not-loaded',
    reference: '',
  },
  'cryptolib-too-old': { kind: 'cryptolib-too-old', version: '5.1' },
}

const remarks: Record<Remark, true> = {
  blocked: true,
  'last-try': true,
  'two-tries': true,
  expired: true,
  expiring: true,
  'without-rpps': true,
  contactless: true,
  'unreadable-certificate': true,
  test: true,
}

/** All that the pill can say, in the words that it uses: a card first, then a reader without one, then the workstation. */
export function everyText(): CardText[] {
  const ready = cardText({ kind: 'card', card: goodCard, remarks: [] })
  return [
    { ...ready, remedy: words.ready },
    ...keysOf(remarks).map((remark) => remarkText(remark, anyCard)),
    ...Object.values(states).map((state) => cardText(state)),
  ]
}
