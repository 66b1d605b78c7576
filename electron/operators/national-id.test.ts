import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasValidLuhnKey, parseNationalId, parseRpps } from './national-id.ts'

const digits = (count: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count })
    .map((each) => each.join(''))

describe('parseNationalId', () => {
  it('reads eleven digits, with or without the type 8, as an RPPS', () => {
    fc.assert(
      fc.property(digits(11), (rpps) => {
        expect(parseNationalId(rpps)).toEqual({ kind: 'rpps', digits: rpps })
        expect(parseNationalId(`8${rpps}`)).toEqual({ kind: 'rpps', digits: rpps })
        expect(parseNationalId(` 8 ${rpps.slice(0, 5)} ${rpps.slice(5)} `)).toEqual({
          kind: 'rpps',
          digits: rpps,
        })
      }),
    )
  })

  it('reads nothing else as an RPPS', () => {
    const other = fc.oneof(
      digits(10),
      digits(13),
      fc.tuple(fc.constantFrom('0', '3', '5', '9'), digits(11)).map((parts) => parts.join('')),
      fc.string({ minLength: 1 }).filter((text) => /\D/u.test(text.replaceAll(/\s/gu, ''))),
    )
    fc.assert(
      fc.property(other, (text) => {
        expect(parseNationalId(text)?.kind).toBe('other')
        expect(parseRpps(text)).toBeNull()
      }),
    )
  })

  it('says that an empty text is no id', () => {
    expect(parseNationalId(' \t')).toBeNull()
  })
})

const valid = (text: string) => hasValidLuhnKey({ kind: 'rpps', digits: text })

describe('hasValidLuhnKey', () => {
  it('knows the textbook number from its neighbour', () => {
    expect(valid('79927398713')).toBe(true)
    expect(valid('79927398710')).toBe(false)
  })

  it('sees any single wrong digit', () => {
    fc.assert(
      fc.property(digits(10), fc.nat(10), fc.integer({ min: 1, max: 9 }), (body, place, shift) => {
        const key = Array.from('0123456789').find((candidate) => valid(body + candidate))
        const right = `${body}${key ?? ''}`
        expect(right).toHaveLength(11)
        const wrongDigit = (Number(right.charAt(place)) + shift) % 10
        expect(valid(`${right.slice(0, place)}${wrongDigit}${right.slice(place + 1)}`)).toBe(false)
      }),
    )
  })
})
