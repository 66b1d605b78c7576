import { afterEach, expect, it, vi } from 'vitest'
import { editionOf } from './edition.ts'

afterEach(() => vi.unstubAllGlobals())

it.each([
  [false, undefined, 'development'],
  [true, undefined, 'installed'],
  [true, false, 'installed'],
  [true, true, 'test-package'],
  // What the build says of a package says nothing of the sources.
  [false, true, 'development'],
])('packaged %s, built as a test package %s: %s', (isPackaged, built, edition) => {
  vi.stubGlobal('COMPTOIR_TEST_PACKAGE', built)
  expect(editionOf(isPackaged)).toBe(edition)
})
