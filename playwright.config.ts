import { defineConfig } from '@playwright/test'

/** The end-to-end tests: the real program, in real windows, one at a time so that each may have the focus. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env['CI']),
})
