import { expect, test } from 'vitest'
import { isWholeDay } from './whole-days.ts'

const field = (value: string, badInput = false) => ({ value, validity: { badInput } })

test('a day is whole with the four digits of its year, and nothing is no day begun', () => {
  for (const value of ['', '1900-01-01', '2027-03-01', '2199-12-31']) {
    expect(isWholeDay(field(value))).toBe(true)
  }
  // « 01/03/27 » as Chromium reads it, then a digit too many.
  for (const value of ['0027-03-01', '20277-03-01', '2200-01-01']) {
    expect(isWholeDay(field(value))).toBe(false)
  }
  // « 01/mm/aaaa » has no value.
  expect(isWholeDay(field('', true))).toBe(false)
})
