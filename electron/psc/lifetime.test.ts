import { expect, it } from 'vitest'
import { lifetimeMs } from './lifetime.ts'

it.each([
  [null, 60],
  ['', 60],
  ['public', 60],
  ['max-age=1800', 30],
  ['public, max-age=7200, immutable', 120],
  ['MAX-AGE="7200"', 120],
  ['s-maxage=7200', 60],
  ['max-age=soon', 60],
  ['max-age=0', 5],
  ['max-age=60', 5],
  ['no-cache', 5],
  ['no-cache, must-revalidate, no-transform, no-store', 5],
  ['no-store, max-age=7200', 5],
  ['max-age=86400', 24 * 60],
  ['max-age=31536000', 24 * 60],
])('what is said with %j is used again for %i min', (cacheControl, minutes) => {
  expect(lifetimeMs(cacheControl)).toBe(minutes * 60_000)
})
