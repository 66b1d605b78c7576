import { expect, test } from 'vitest'
import { nextTile } from './grid.ts'

// Ten tiles in four columns: 0 1 2 3 / 4 5 6 7 / 8 9
test.each([
  ['ArrowRight', 0, 1],
  ['ArrowRight', 3, 4],
  ['ArrowRight', 9, null],
  ['ArrowLeft', 0, null],
  ['ArrowLeft', 4, 3],
  ['ArrowDown', 1, 5],
  ['ArrowDown', 5, 9],
  ['ArrowDown', 6, 9],
  ['ArrowDown', 8, null],
  ['ArrowUp', 9, 5],
  ['ArrowUp', 2, null],
  ['Home', 6, 0],
  ['End', 6, 9],
  ['End', 9, null],
  ['a', 6, null],
])('%s from tile %i leads to %s', (key, from, to) => {
  expect(nextTile(key, from, 4, 10)).toBe(to)
})
