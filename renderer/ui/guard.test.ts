import { describe, expect, test } from 'vitest'
import { isStray } from './guard.ts'

const key = (time: number, repeat = false) => ({ kind: 'key' as const, repeat, time })
const pointer = (time: number) => ({ kind: 'pointer' as const, repeat: false, time })

describe('an input meant for another window', () => {
  test('comes in the first half second of the question', () => {
    expect(isStray(key(1499), 1000, 1000)).toBe(true)
    expect(isStray(key(1500), 1000, 1000)).toBe(false)
    expect(isStray(pointer(1499), 1000, 1000)).toBe(true)
    expect(isStray(pointer(1500), 1000, 1000)).toBe(false)
  })

  test('or, for keys, in the first half second of the focus', () => {
    expect(isStray(key(3400), 1000, 3000)).toBe(true)
    expect(isStray(key(3500), 1000, 3000)).toBe(false)
    expect(isStray(pointer(3001), 1000, 3000)).toBe(false)
  })

  test('or from a key held down', () => {
    expect(isStray(key(60_000, true), 1000, 1000)).toBe(true)
  })
})
