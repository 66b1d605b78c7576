import { expect, mergeTests, type Page } from '@playwright/test'
import { texts } from '../../renderer/ui/texts.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../psc-simulator/simulator.ts'
import { test as withBrowser } from './browser.ts'
import type { AtCounter } from './by-psc.ts'
import { button } from './counter.ts'
import { runCommand, test as withKeychain } from './keychain.ts'
import { overhear } from './secrets.ts'

/** A workstation with a credential of its own, in its keychain; the phones are the simulator's page. */
export type DirectSite = { readonly simulator: Simulator; readonly counter: AtCounter }

type Options = SimulatorOptions & { readonly channel?: 'MOBILE' | 'CARD'; readonly timeoutSeconds?: number }

/** For stories without a browser: `direct` starts the simulator, and Comptoir as its confidential client. */
export const test = mergeTests(withBrowser, withKeychain).extend<{
  direct: (options?: Options) => Promise<DirectSite>
}>({
  direct: async ({ workstation, keychain, systemBrowser }, use) => {
    const started: Simulator[] = []
    await use(async ({ channel = 'MOBILE', timeoutSeconds = 180, ...options } = {}) => {
      const simulator = await startSimulator(options)
      started.push(simulator)
      const { issuer, discoveryUrl, credentials } = simulator
      const { method, clientId, clientSecret } = credentials.client_secret_basic
      const psc = {
        issuer,
        discoveryUrl,
        clientId,
        clientAuthentication: method,
        timeoutSeconds,
        ciba: { enabled: true, channel },
      }
      await workstation.settings((written) => ({ ...written, psc }))
      const set = ['secret', 'set', 'psc.clientSecret']
      const told = await runCommand(workstation, keychain.env, set, { input: `${clientSecret}\n` })
      expect(told).toMatchObject({ code: 0, errors: [] })

      const secrets = overhear(simulator)
      secrets.add(clientSecret)
      const program = await workstation.start({ env: { ...keychain.env } })
      const browser = await systemBrowser(program)
      const launcher = await program.window('launcher')
      return { simulator, counter: { program, browser, launcher, secrets } }
    })
    for (const simulator of started) await simulator.stop()
  },
})

/** Opens the page that stands for everybody's phones, in a real browser. */
export async function takePhone({ simulator, counter }: DirectSite): Promise<Page> {
  await counter.program.app.evaluate(({ shell }, url) => shell.openExternal(url), simulator.phone.url)
  return counter.browser.next()
}

/** « S'identifier ». Resolves to the identification window. */
export async function identify({ counter: { program, launcher } }: DirectSite): Promise<Page> {
  await button(launcher, texts.launcher.identify).click()
  return program.window('identification')
}

/** The number that Comptoir asks to compare, once it does. */
export async function numberIn(identification: Page, channel: 'MOBILE' | 'CARD' = 'MOBILE'): Promise<string> {
  const [before = '', after = ''] = texts.psc.phone.waiting[channel]('#').split('#')
  const heading = identification.getByRole('heading', { name: before })
  await expect(heading).toContainText(after)
  return /\d\d/u.exec(await heading.innerText())?.[0] ?? ''
}

/** The phones, once one rings. */
export async function ringing({ simulator }: DirectSite): Promise<Simulator['phone']> {
  await expect.poll(() => simulator.phone.pending().length).toBe(1)
  return simulator.phone
}
