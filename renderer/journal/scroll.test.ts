import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { positionShowing, rowsInSight, scaleOf } from './scroll.ts'

const rowHeight = 36
const viewport = 600

describe('scrolling', () => {
  it('is one to one while all rows can be drawn', () => {
    expect(scaleOf(200_000, rowHeight, viewport)).toEqual({
      height: 7_200_000,
      ratio: 1,
      end: 7_200_000 - viewport,
    })
  })

  it('reaches the last of a million rows within what Chromium draws', () => {
    const { height, ratio, end } = scaleOf(1_000_000, rowHeight, viewport)
    expect(height).toBeLessThan(2 ** 25 / 2)
    expect((height - viewport) * ratio).toBeCloseTo(end)
    expect(rowsInSight(end, 1_000_000, rowHeight, viewport).last).toBe(1_000_000)
  })

  it('draws every row that is in sight, and few others', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.double({ min: 0, max: 1, noNaN: true }), (total, part) => {
        const { end } = scaleOf(total, rowHeight, viewport)
        const position = end * part
        const { first, last } = rowsInSight(position, total, rowHeight, viewport)
        expect(first * rowHeight).toBeLessThanOrEqual(position)
        expect(last === total || last * rowHeight >= position + viewport).toBe(true)
        expect(last - first).toBeLessThan(40)
      }),
    )
  })

  it('brings a row into sight by the shortest way', () => {
    expect(positionShowing(0, 100, rowHeight, viewport)).toBe(0)
    expect(positionShowing(10, 100, rowHeight, viewport)).toBe(100)
    expect(positionShowing(50, 100, rowHeight, viewport)).toBe(51 * rowHeight - viewport)
  })
})
