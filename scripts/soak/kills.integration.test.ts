import { expect, it } from 'vitest'
import { killCounters } from './kills.ts'

// In full with `npm run soak`.
it('a counter killed at any moment loses nothing that it acknowledged', { timeout: 60_000 }, async () => {
  const { acknowledged, rows } = await killCounters(10, Date.now())
  expect(acknowledged).toBeGreaterThan(10)
  expect(rows).toBeGreaterThan(acknowledged)
})
