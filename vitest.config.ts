import { defineConfig } from 'vitest/config'

// Of e2e, only the simulator and the broker have tests of vitest: the stories are Playwright's.
const outside = ['**/node_modules/**', '**/dist/**', 'e2e/!(psc-simulator|broker)/**']
const integration = '**/*.integration.test.ts'
const security = '**/*.security.test.ts'
/** They put something else in the place of a module, which no other test may be given. */
const mocking = ['native/card/binary-file.test.ts', 'native/keychain/secrets.test.ts']
/** Files that share what they import take half the time; each puts back what it changes. */
const shared = { isolate: false, unstubEnvs: true, unstubGlobals: true }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...outside, ...mocking, integration, security],
          ...shared,
        },
      },
      { test: { name: 'unit-mocking', include: mocking } },
      {
        test: {
          name: 'integration',
          include: [integration],
          exclude: outside,
          globalSetup: ['electron/storage/testing/postgres-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: { name: 'security', include: [security], exclude: outside, testTimeout: 30_000, ...shared },
      },
    ],
  },
})
