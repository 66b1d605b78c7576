import { defineConfig } from '@playwright/test'

/**
 * The end-to-end tests: the real program, in real windows. Each worker has a display of its own, where one story at a
 * time has the focus.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env['CI']),
})
