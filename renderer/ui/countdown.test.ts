import { describe, expect, test } from 'vitest'
import { announcedSeconds, secondsLeft, untilNextSecond } from './countdown.ts'

describe('secondsLeft', () => {
  test('counts a begun second as a second, and never goes below 0', () => {
    expect(secondsLeft(30_000, 0)).toBe(30)
    expect(secondsLeft(30_000, 1)).toBe(30)
    expect(secondsLeft(30_000, 1000)).toBe(29)
    expect(secondsLeft(30_000, 29_999)).toBe(1)
    expect(secondsLeft(30_000, 30_000)).toBe(0)
    expect(secondsLeft(30_000, 90_000)).toBe(0)
  })
})

describe('untilNextSecond', () => {
  test('leads exactly to the change of the number', () => {
    for (const now of [0, 1, 400, 999, 1000, 12_345.6]) {
      const wait = untilNextSecond(30_000, now) ?? 0
      expect(wait).toBeGreaterThan(0)
      expect(secondsLeft(30_000, now + wait)).toBe(secondsLeft(30_000, now) - 1)
    }
  })

  test('is over at 0', () => {
    expect(untilNextSecond(30_000, 30_000)).toBeNull()
  })
})

describe('announcedSeconds', () => {
  test('is said at the opening, then once at 10', () => {
    expect([30, 29, 11].map((left) => announcedSeconds(30, left))).toEqual([30, 30, 30])
    expect([10, 9, 0].map((left) => announcedSeconds(30, left))).toEqual([10, 10, 10])
  })

  test('is said once when the question comes with less than 10', () => {
    expect([8, 7, 0].map((left) => announcedSeconds(8, left))).toEqual([8, 8, 8])
  })
})
