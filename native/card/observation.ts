import type { CardHolder } from './holder.ts'
import type { RemoteSession } from './protocol.ts'
import type { Card, CardState, Remark, UnusableReason } from './states.ts'

/** What has been found out about Cryptolib itself. */
export type CryptolibStatus =
  | { readonly kind: 'searching' }
  | { readonly kind: 'missing' }
  | { readonly kind: '32-bit-only'; readonly path: string }
  | { readonly kind: 'unusable'; readonly path: string; readonly reason: UnusableReason }
  | { readonly kind: 'ready'; readonly productVersion: string | null }

/** What PC/SC says of a reader. `unknown`: it says nothing, there is only Cryptolib to ask. */
export type ReaderStatus =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'empty' }
  /** A card that does not answer: only PC/SC tells it from an empty reader (cryptolib-measured.md §5). */
  | { readonly kind: 'mute' }
  /** `atr`: upper-case hexadecimal. */
  | { readonly kind: 'present'; readonly atr: string }

/** What Cryptolib says of the card in a reader. */
export type TokenStatus =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'not-recognised' }
  /** Another program holds the card for itself (0x5, again and again). */
  | { readonly kind: 'busy' }
  /** A CPx card whose content cannot be read: damaged, or its last update was cut short. */
  | { readonly kind: 'unreadable' }
  /** Cryptolib answers with an error that is none of the above: it is being initialised again. */
  | { readonly kind: 'failing' }
  | { readonly kind: 'read'; readonly card: Card }

export type ReaderObservation = {
  readonly name: string
  readonly status: ReaderStatus
  readonly token: TokenStatus
}

/** All that the card process knows at one moment. */
export type Observation = {
  readonly cryptolib: CryptolibStatus
  /** `stopped-with-reader`: PC/SC does not run though a reader is plugged in (Windows stops it when there is none). */
  readonly service: 'unknown' | 'running' | 'stopped' | 'stopped-with-reader'
  readonly readers: readonly ReaderObservation[]
  readonly remote: RemoteSession | null
  /** Told with what is to be mended. */
  readonly reference: string
}

/** A CPS4 wants Cryptolib 5.2 (ANS, README of dops-cryptolib). */
const firstForCps4 = [5, 2] as const
/** ANS renews a card before its end: somebody whose new one has not come is told this long before. */
const expiringMs = 60 * 24 * 3_600_000

/** The state that an observation comes to at `now`. Total: every observation has its state. */
export function stateOf(observation: Observation, now: Date): CardState {
  const { cryptolib, service, readers, remote, reference } = observation
  switch (cryptolib.kind) {
    case 'searching':
      return { kind: 'searching' }
    case 'missing':
      return { kind: 'cryptolib-missing' }
    case '32-bit-only':
      return { kind: 'cryptolib-32-bit-only', path: cryptolib.path }
    case 'unusable':
      return { kind: 'cryptolib-unusable', path: cryptolib.path, reason: cryptolib.reason, reference }
    case 'ready': {
      // Without its service Cryptolib may go on listing readers, all empty; a card that it reads comes by another way.
      const stopped = service === 'stopped-with-reader'
      const answering = stopped ? readers.filter(({ token }) => token.kind === 'read') : readers
      if (answering.length > 0) return ofReaders(answering, cryptolib.productVersion, reference, now)
      if (stopped) return { kind: 'service-stopped' }
      return remote === null ? { kind: 'no-reader' } : { kind: 'remote-session', by: remote }
    }
    default:
      return cryptolib
  }
}

/** Of several readers, the one that has most to say: a card before what is wrong, what is wrong before an empty one. */
function ofReaders(
  readers: readonly ReaderObservation[],
  productVersion: string | null,
  reference: string,
  now: Date,
): CardState {
  const cards = readers.flatMap(({ token }) => (token.kind === 'read' ? [token.card] : []))
  // A reader with two interfaces shows one card twice: what it says without contact adds nothing.
  const inserted = cards.filter((card) => !card.contactless)
  const [first, second] = inserted
  if (second !== undefined) return { kind: 'several-cards', cards: inserted }
  if (first !== undefined) return ofCard(first, now)

  const states = readers.map((reader) => ofReader(reader, productVersion, reference, now))
  return (
    order.flatMap((kind) => states.find((state) => state.kind === kind) ?? []).at(0) ?? { kind: 'no-reader' }
  )
}

/** What is told first, of readers without a CPx card inserted. */
const order = [
  'reading',
  'restarting',
  'mute',
  'reader-busy',
  'cryptolib-too-old',
  'not-recognised',
  'vitale',
  'card',
  'empty-reader',
] as const satisfies readonly CardState['kind'][]

function ofReader(
  { name: reader, status, token }: ReaderObservation,
  productVersion: string | null,
  reference: string,
  now: Date,
): CardState {
  if (status.kind === 'mute') return { kind: 'mute', reader }
  if (status.kind === 'present' && isVitale(status.atr)) return { kind: 'vitale', reader }
  switch (token.kind) {
    case 'none':
      return { kind: 'empty-reader', reader }
    case 'reading':
      return { kind: 'reading', reader }
    case 'busy':
      return { kind: 'reader-busy', reader }
    case 'unreadable':
      return { kind: 'mute', reader }
    case 'failing':
      return { kind: 'restarting', reference }
    case 'not-recognised':
      return status.kind === 'present' && isCps4(status.atr) && isTooOldForCps4(productVersion)
        ? { kind: 'cryptolib-too-old', version: productVersion }
        : { kind: 'not-recognised', reader }
    case 'read':
      return ofCard(token.card, now)
    default:
      return token
  }
}

function ofCard(card: Card, now: Date): CardState {
  return { kind: 'card', card, remarks: remarksOf(card, now) }
}

/** What there is to say of a card at `now`, gravest first. */
export function remarksOf(card: Card, now: Date): Remark[] {
  const found: Remark[] = []
  const holder = card.certificate.kind === 'read' ? card.certificate.holder : null
  const left = holder === null ? null : Date.parse(holder.validUntil) - now.getTime()
  // Without contact there is no code, and its flags say nothing (cryptolib-cps.md §2).
  if (!card.contactless && card.triesLeft === 0) found.push('blocked')
  if (left !== null && left <= 0) found.push('expired')
  if (!card.contactless && card.triesLeft === 1) found.push('last-try')
  if (!card.contactless && card.triesLeft === 2) found.push('two-tries')
  if (card.certificate.kind === 'unreadable') found.push('unreadable-certificate')
  if (holder?.test === true) found.push('test')
  if (left !== null && left > 0 && left <= expiringMs) found.push('expiring')
  if (card.contactless) found.push('contactless')
  if (holder !== null && rppsOf(holder) === null) found.push('without-rpps')
  return found
}

/** The RPPS of a card's holder, 11 digits, or null. */
export function rppsOf(holder: CardHolder): string | null {
  return holder.nationalId?.kind === 'rpps' ? holder.nationalId.digits : null
}

/** Vitale cards answer so (cryptolib-cps.md §8): Cryptolib knows nothing of them. */
export function isVitale(atr: string): boolean {
  return atr.startsWith('3B7513')
}

/** The contact interface of a CPS4, its release candidates included (cryptolib-cps.md §8). */
function isCps4(atr: string): boolean {
  return /^3B(?:9B|DC)18.*1225006480/u.test(atr)
}

function isTooOldForCps4(version: string | null): version is string {
  if (version === null) return false
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < firstForCps4[0] || (major === firstForCps4[0] && minor < firstForCps4[1])
}
