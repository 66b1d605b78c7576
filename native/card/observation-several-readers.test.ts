import { describe, expect, it } from 'vitest'
import type { ReaderStatus, TokenStatus } from './observation.ts'
import type { CardState } from './states.ts'
import { contactless, cps4, empty, holding, present, read, soundCard, state } from './testing/observed.ts'
import { vitale } from './testing/watched.ts'

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
