import { defineConfig } from 'vitest/config'

// Of e2e, only the simulator and the broker have tests of vitest: the stories are Playwright's.
const outside = ['**/node_modules/**', '**/dist/**', 'e2e/!(psc-simulator|broker)/**']
const integration = '**/*.integration.test.ts'
const security = '**/*.security.test.ts'

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['**/*.test.ts'], exclude: [...outside, integration, security] },
      },
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
        test: { name: 'security', include: [security], exclude: outside, testTimeout: 30_000 },
      },
    ],
  },
})
