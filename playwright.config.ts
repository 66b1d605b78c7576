import { defineConfig } from '@playwright/test'

/**
 * The end-to-end tests: the real program, in real windows. Each worker has a display of its own, where one story at a
 * time has the focus.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // A story waits more than it computes: three share two processors. Four end no sooner, and some wait too long.
  // Elsewhere than on Linux they would take the focus from each other (e2e/support/test.ts).
  workers: process.platform === 'linux' ? 3 : 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // A file's stories need nothing of each other.
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  // Three real browsers and three Electrons share a machine: what passes only then is told apart by `npm test`.
  retries: 1,
})
