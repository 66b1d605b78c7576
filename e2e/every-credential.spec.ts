import { expect } from '@playwright/test'
import type { Method } from './psc-simulator/simulator.ts'
import { atCounter, cameInByPsc, connectByPsc, disconnectEverywhere } from './support/by-psc.ts'
import { test } from './support/psc.ts'
import { endOf } from './support/secrets.ts'
import { stopped } from './support/story.ts'

const ways: readonly (readonly [Method, 'http' | 'https'])[] = [
  ['client_secret_basic', 'http'],
  ['client_secret_post', 'https'],
  ['private_key_jwt', 'http'],
  ['tls_client_auth', 'https'],
]

for (const [method, scheme] of ways) {
  test(
    `a workstation that has PSC’s credential identifies by ${method} over ${scheme}, and leaves`,
    { tag: '@psc' },
    async ({ psc, workstation }) => {
      const site = await psc({ method, ...(scheme === 'https' ? { tls: 'trusted' } : {}) })
      const counter = await atCounter(site)
      await connectByPsc(counter, 'adjointe', '1')
      await disconnectEverywhere(counter, site)
      expect(await endOf(workstation, counter, counter.secrets)).toEqual([
        ...cameInByPsc('1'),
        'session.ended 1 disconnect',
        stopped,
      ])
    },
  )
}
