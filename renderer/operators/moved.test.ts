import { expect, test } from 'vitest'
import { moved, sightOf } from './moved.ts'

function from(index: number, key: string): number | null {
  return moved(key, index, 50, 7)
}

test('the keys of a list lead to its rows, and never beyond them', () => {
  expect(from(3, 'ArrowDown')).toBe(4)
  expect(from(49, 'ArrowDown')).toBe(49)
  expect(from(0, 'ArrowUp')).toBe(0)
  expect(from(3, 'PageDown')).toBe(10)
  expect(from(3, 'PageUp')).toBe(0)
  expect(from(3, 'End')).toBe(49)
  expect(from(3, 'Home')).toBe(0)
  expect(from(3, 'a')).toBeNull()
  // A list that is lower than two rows still moves.
  expect(moved('PageDown', 3, 50, 0)).toBe(4)
})

test('what is drawn covers what is in sight', () => {
  expect(sightOf(0, 640, 64)).toEqual({ first: 0, last: 18 })
  expect(sightOf(6400, 640, 64)).toEqual({ first: 92, last: 118 })
})
