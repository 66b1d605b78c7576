import { describe, expect, it } from 'vitest'
import {
  isVitale,
  remarksOf,
  rppsOf,
  stateOf,
  type Observation,
  type ReaderObservation,
  type ReaderStatus,
  type TokenStatus,
} from './observation.ts'
import type { Card, CardState, Remark } from './states.ts'
import { cardOf, holderOf } from './testing/snapshots.ts'

const now = new Date('2026-11-22T10:00:00.000Z')
const vitale = '3B7513000049535102020000'
const cps3 = '3BAC00402A001225006480000310009000'
const cps4 = '3B9B188001001225006480040100009044'
const unknown: ReaderStatus = { kind: 'unknown' }
const empty: ReaderStatus = { kind: 'empty' }
const present = (atr = cps3): ReaderStatus => ({ kind: 'present', atr })

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

const state = (more: Partial<Observation>): CardState => stateOf(seen(more), now)

function holding(token: TokenStatus, status: ReaderStatus = present(), name = 'A'): ReaderObservation {
  return { name, status, token }
}

/** A card of the production series, valid for long. */
function soundCard(more: Partial<Card> = {}): Card {
  return cardOf({
    reader: 'A',
    certificate: { kind: 'read', holder: holderOf({ test: false, validUntil: '2028-01-01T00:00:00.000Z' }) },
    ...more,
  })
}

function cardUntil(validUntil: string): Card {
  return cardOf({ certificate: { kind: 'read', holder: holderOf({ test: false, validUntil }) } })
}

const contactless = (reader: string): Card =>
  soundCard({ reader, label: 'CPS3v3_CL', contactless: true, certificate: { kind: 'none' } })
const read = (card: Card, status: ReaderStatus = present()): ReaderObservation =>
  holding({ kind: 'read', card }, status, card.reader)

describe('Cryptolib itself', () => {
  const readers = [read(soundCard())]
  it.each<[Observation['cryptolib'], CardState]>([
    [{ kind: 'searching' }, { kind: 'searching' }],
    [{ kind: 'missing' }, { kind: 'cryptolib-missing' }],
    [
      { kind: '32-bit-only', path: '/x' },
      { kind: 'cryptolib-32-bit-only', path: '/x' },
    ],
    [
      { kind: 'unusable', path: '/x', reason: 'not-pkcs11' },
      { kind: 'cryptolib-unusable', path: '/x', reason: 'not-pkcs11', reference: 'R-1' },
    ],
  ])('%o comes before all that is seen of readers', (cryptolib, expected) => {
    expect(state({ cryptolib, readers })).toEqual(expected)
    expect(state({ cryptolib, service: 'stopped-with-reader', remote: 'rdp' })).toEqual(expected)
  })
})

describe('no reader', () => {
  it.each(['unknown', 'running', 'stopped'] as const)('is said with PC/SC %s', (service) => {
    expect(state({ service })).toEqual({ kind: 'no-reader' })
  })

  it.each(['rdp', 'citrix', 'other'] as const)('is a remote session by %s', (remote) => {
    expect(state({ remote })).toEqual({ kind: 'remote-session', by: remote })
    expect(state({ remote, readers: [holding({ kind: 'none' }, empty)] }).kind).toBe('empty-reader')
  })
})

const stopped = (...readers: ReaderObservation[]) =>
  state({ service: 'stopped-with-reader', readers, remote: 'rdp' })

describe('PC/SC stopped with a reader plugged in', () => {
  it.each<TokenStatus>([
    { kind: 'none' },
    { kind: 'reading' },
    { kind: 'busy' },
    { kind: 'unreadable' },
    { kind: 'failing' },
    { kind: 'not-recognised' },
  ])('is said, whatever Cryptolib says of a reader: %o', (token) => {
    expect(stopped(holding(token, unknown))).toEqual({ kind: 'service-stopped' })
  })

  it('is said without any reader of Cryptolib, before the remote session', () => {
    expect(stopped()).toEqual({ kind: 'service-stopped' })
  })

  it('is not said of a card that is read all the same', () => {
    expect(stopped(holding({ kind: 'none' }, unknown, 'B'), read(soundCard(), unknown)).kind).toBe('card')
  })
})

describe('one reader', () => {
  it.each<[TokenStatus, ReaderStatus, CardState]>([
    [{ kind: 'none' }, empty, { kind: 'empty-reader', reader: 'A' }],
    [{ kind: 'none' }, unknown, { kind: 'empty-reader', reader: 'A' }],
    [{ kind: 'reading' }, present(), { kind: 'reading', reader: 'A' }],
    [{ kind: 'reading' }, present(''), { kind: 'reading', reader: 'A' }],
    [{ kind: 'busy' }, present(), { kind: 'reader-busy', reader: 'A' }],
    [{ kind: 'unreadable' }, present(), { kind: 'mute', reader: 'A' }],
    [{ kind: 'failing' }, present(), { kind: 'restarting', reference: 'R-1' }],
    [{ kind: 'not-recognised' }, present(), { kind: 'not-recognised', reader: 'A' }],
    [{ kind: 'not-recognised' }, unknown, { kind: 'not-recognised', reader: 'A' }],
    [{ kind: 'none' }, { kind: 'mute' }, { kind: 'mute', reader: 'A' }],
    [{ kind: 'failing' }, { kind: 'mute' }, { kind: 'mute', reader: 'A' }],
    [{ kind: 'none' }, present(vitale), { kind: 'vitale', reader: 'A' }],
    [{ kind: 'reading' }, present(vitale), { kind: 'vitale', reader: 'A' }],
    [{ kind: 'not-recognised' }, present(vitale), { kind: 'vitale', reader: 'A' }],
  ])('%o with PC/SC saying %o', (token, status, expected) => {
    expect(state({ readers: [holding(token, status)] })).toEqual(expected)
  })

  it('holds a card', () => {
    const card = soundCard()
    expect(state({ readers: [read(card)] })).toEqual({ kind: 'card', card, remarks: [] })
  })
})

/** A card that this version of Cryptolib does not know. */
const notRecognised = (productVersion: string | null, atr = cps4) =>
  state({
    cryptolib: { kind: 'ready', productVersion },
    readers: [holding({ kind: 'not-recognised' }, present(atr))],
  })

describe('a CPS4', () => {
  it.each(['5.1.9', '5.1', '4.9.9', '5'])('is too young for Cryptolib %s', (version) => {
    expect(notRecognised(version)).toEqual({ kind: 'cryptolib-too-old', version })
  })

  it.each(['5.2', '5.2.0', '5.10.1', '6.0', '10.0'])('is not too young for Cryptolib %s', (version) => {
    expect(notRecognised(version).kind).toBe('not-recognised')
  })

  it('says nothing of a Cryptolib whose version nobody tells', () => {
    expect(notRecognised(null).kind).toBe('not-recognised')
  })

  it.each(['3B9B188001001225006480000401009044', '3BDC18FF00001225006480000401009000'])(
    'is known by its ATR %s',
    (atr) => {
      expect(notRecognised('5.1.9', atr).kind).toBe('cryptolib-too-old')
    },
  )

  it.each([cps3, '', '3B8F80010031B86404B0ECC1739401808290000E'])('is not a card of ATR %j', (atr) => {
    expect(notRecognised('5.1.9', atr).kind).toBe('not-recognised')
  })
})

describe('several readers', () => {
  /** What each is alone, in the order in which it is told. */
  const told = [
    [{ kind: 'reading' }, present(), 'reading'],
    [{ kind: 'failing' }, present(), 'restarting'],
    [{ kind: 'none' }, { kind: 'mute' }, 'mute'],
    [{ kind: 'busy' }, present(), 'reader-busy'],
    [{ kind: 'not-recognised' }, present(cps4), 'cryptolib-too-old'],
    [{ kind: 'not-recognised' }, present(), 'not-recognised'],
    [{ kind: 'none' }, present(vitale), 'vitale'],
    [{ kind: 'read', card: contactless('X') }, present(), 'card'],
    [{ kind: 'none' }, empty, 'empty-reader'],
  ] as const satisfies readonly (readonly [TokenStatus, ReaderStatus, CardState['kind']])[]
  const old = { kind: 'ready', productVersion: '5.1.9' } as const

  const pairs = told.flatMap((first, index) =>
    told.slice(index + 1).map((second) => [first, second] as const),
  )
  it.each(pairs.map(([first, second]) => [first[2], second[2], first, second] as const))(
    'say %s before %s, whichever comes first',
    (kind, _other, first, second) => {
      const readers = [holding(first[0], first[1], 'A'), holding(second[0], second[1], 'B')]
      expect(state({ cryptolib: old, readers }).kind).toBe(kind)
      expect(state({ cryptolib: old, readers: readers.toReversed() }).kind).toBe(kind)
    },
  )

  it.each(told.filter(([, , kind]) => kind !== 'card').map((one) => [one[2], one] as const))(
    'say the card that is inserted before %s',
    (_kind, [token, status]) => {
      const readers = [holding(token, status, 'B'), read(soundCard())]
      expect(state({ cryptolib: old, readers })).toMatchObject({ kind: 'card', card: { reader: 'A' } })
    },
  )

  it('say the first of two alike', () => {
    const readers = [holding({ kind: 'none' }, empty, 'B'), holding({ kind: 'none' }, empty, 'A')]
    expect(state({ readers })).toEqual({ kind: 'empty-reader', reader: 'B' })
  })

  it('hold several cards', () => {
    const cards = [soundCard(), soundCard({ reader: 'B' }), soundCard({ reader: 'C' })]
    expect(state({ readers: cards.map((card) => read(card)) })).toEqual({ kind: 'several-cards', cards })
  })

  it('show a card once that a reader with two interfaces shows twice', () => {
    const readers = [read(contactless('A CL')), read(soundCard())]
    expect(state({ readers })).toMatchObject({ kind: 'card', card: { reader: 'A', contactless: false } })
  })

  it('show a contactless card beside a Vitale card as a Vitale card, and alone as itself', () => {
    const readers = [read(contactless('A')), holding({ kind: 'none' }, empty, 'B')]
    expect(state({ readers })).toMatchObject({ kind: 'card', remarks: ['contactless'] })
    expect(state({ readers: [...readers, holding({ kind: 'none' }, present(vitale), 'C')] })).toEqual({
      kind: 'vitale',
      reader: 'C',
    })
  })
})

describe('what there is to say of a card', () => {
  it.each<[string, Card, Remark[]]>([
    ['nothing', soundCard(), []],
    ['two tries', soundCard({ triesLeft: 2 }), ['two-tries']],
    ['one try', soundCard({ triesLeft: 1 }), ['last-try']],
    ['no try', soundCard({ triesLeft: 0 }), ['blocked']],
    ['no certificate', soundCard({ certificate: { kind: 'unreadable' } }), ['unreadable-certificate']],
    ['no contact', contactless('A'), ['contactless']],
    ['no contact, whatever its flags say', { ...contactless('A'), triesLeft: 0 }, ['contactless']],
    [
      'the test series',
      soundCard({
        certificate: { kind: 'read', holder: holderOf({ validUntil: '2028-01-01T00:00:00.000Z' }) },
      }),
      ['test'],
    ],
    [
      'no RPPS',
      soundCard({
        certificate: {
          kind: 'read',
          holder: holderOf({ test: false, nationalId: { kind: 'other', value: '00B6087510' } }),
        },
      }),
      ['without-rpps'],
    ],
    [
      'no national id',
      soundCard({ certificate: { kind: 'read', holder: holderOf({ test: false, nationalId: null }) } }),
      ['without-rpps'],
    ],
    [
      'all that is grave, gravest first',
      soundCard({
        triesLeft: 0,
        certificate: {
          kind: 'read',
          holder: holderOf({ nationalId: null, validUntil: '2020-01-01T00:00:00.000Z' }),
        },
      }),
      ['blocked', 'expired', 'test', 'without-rpps'],
    ],
    [
      'all that is to be watched, gravest first',
      soundCard({
        triesLeft: 1,
        certificate: {
          kind: 'read',
          holder: holderOf({ nationalId: null, validUntil: '2026-12-01T00:00:00.000Z' }),
        },
      }),
      ['last-try', 'test', 'expiring', 'without-rpps'],
    ],
  ])('%s', (_what, card, remarks) => {
    expect(remarksOf(card, now)).toEqual(remarks)
  })

  it('says an expired card before its last try', () => {
    const card = { ...cardUntil('2020-01-01T00:00:00.000Z'), triesLeft: 1 }
    expect(remarksOf(card, now)).toEqual(['expired', 'last-try'])
  })

  it.each<[string, Remark[]]>([
    ['2026-11-22T09:59:59.999Z', ['expired']],
    ['2026-11-22T10:00:00.000Z', ['expired']],
    ['2026-11-22T10:00:00.001Z', ['expiring']],
    ['2027-01-21T10:00:00.000Z', ['expiring']],
    ['2027-01-21T10:00:00.001Z', []],
  ])('valid until %s', (until, remarks) => {
    expect(remarksOf(cardUntil(until), now)).toEqual(remarks)
  })
})

describe('the RPPS of a holder', () => {
  it.each([
    [{ kind: 'rpps', digits: '99700261797' }, '99700261797'],
    [{ kind: 'other', value: '00B6087510' }, null],
    [null, null],
  ] as const)('of %o is %s', (nationalId, rpps) => {
    expect(rppsOf(holderOf({ nationalId }))).toBe(rpps)
  })
})

describe('a Vitale card', () => {
  it.each([
    [vitale, true],
    ['3B7513', true],
    [cps3, false],
    ['', false],
  ])('of ATR « %s »: %s', (atr, is) => {
    expect(isVitale(atr)).toBe(is)
  })
})
