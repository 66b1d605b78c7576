import { describe, expect, it } from 'vitest'
import { newProvisionalPassword } from './provisional-password.ts'

describe('a provisional password', () => {
  const many = Array.from({ length: 2000 }, newProvisionalPassword)

  it('is four groups of characters that are read aloud without a doubt', () => {
    for (const password of many)
      expect(password).toMatch(/^[ACDEFGHJKPQRTWXY34679]{4}(?:-[ACDEFGHJKPQRTWXY34679]{4}){3}$/u)
  })

  it('is worth 70 bits: each of the sixteen is any of the twenty-one, and none comes twice', () => {
    expect(new Set(many).size).toBe(many.length)
    const counts = new Map<string, number>()
    for (const character of many.join('').replaceAll('-', '')) {
      counts.set(character, (counts.get(character) ?? 0) + 1)
    }
    expect(counts.size).toBe(21)
    expect(16 * Math.log2(counts.size)).toBeGreaterThan(70)
    // 32 000 draws among 21: 1524 each, with a deviation of 38.
    for (const count of counts.values()) expect(Math.abs(count - 1524)).toBeLessThan(6 * 38)
  })
})
