import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { retentionCut } from './retention.ts'

const at = (now: string, retentionMonths: number, retentionReason: string | null = null) =>
  retentionCut({ journal: { retentionMonths, retentionReason } }, new Date(now))

it.each([
  ['2026-11-22T20:15:00.000Z', 12, '2025-11-22T20:15:00.000Z'],
  ['2026-01-15T00:00:00.000Z', 1, '2025-12-15T00:00:00.000Z'],
  ['2026-03-31T23:59:59.999Z', 1, '2026-02-28T23:59:59.999Z'],
  ['2028-03-31T00:00:00.000Z', 1, '2028-02-29T00:00:00.000Z'],
  ['2028-02-29T12:00:00.000Z', 12, '2027-02-28T12:00:00.000Z'],
  ['2026-12-31T12:00:00.000Z', 6, '2026-06-30T12:00:00.000Z'],
  ['2026-03-29T01:30:00.000Z', 36, '2023-03-29T01:30:00.000Z'],
])('at %s, what is kept %d months begins at %s', (now, months, before) => {
  expect(at(now, months)).toEqual({ before, months, reason: null })
})

it('tells the reason of a long one', () => {
  expect(at('2026-11-22T00:00:00.000Z', 24, 'litige en cours')).toMatchObject({ reason: 'litige en cours' })
})

it('never goes back from one day to the next, nor takes fewer than the days of the shortest months', () => {
  const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 36 }), (now, months) => {
      const next = new Date(now.getTime() + 86_400_000)
      const before = at(now.toISOString(), months).before
      expect(at(next.toISOString(), months).before >= before).toBe(true)
      const days = (now.getTime() - Date.parse(before)) / 86_400_000
      expect(days).toBeGreaterThanOrEqual(28 * months)
      expect(days).toBeLessThanOrEqual(31 * months)
    }),
  )
})
