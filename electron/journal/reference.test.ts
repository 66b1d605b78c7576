import { expect, it } from 'vitest'
import { newReference } from './reference.ts'

it('makes references that are read aloud without mistake', () => {
  for (let count = 0; count < 500; count++) {
    expect(newReference()).toMatch(/^[2-9A-Z]{3}-[2-9A-Z]{3}$/u)
    expect(newReference()).not.toMatch(/[O0I1S5B8]/u)
  }
})

it('hardly ever repeats itself', () => {
  expect(new Set(Array.from({ length: 1000 }, newReference)).size).toBeGreaterThan(990)
})
