import { describe, expect, it } from 'vitest'
import { isVitale } from './observation.ts'
import { cps4, holding, present, state } from './testing/observed.ts'
import { cps3, vitale } from './testing/watched.ts'

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
