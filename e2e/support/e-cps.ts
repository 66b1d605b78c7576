import { expect, type Page } from '@playwright/test'
import { texts } from '../../renderer/ui/texts.ts'
import type { Simulator } from '../psc-simulator/simulator.ts'
import { atCounter, type AtCounter } from './by-psc.ts'
import { button } from './counter.ts'
import { test as withPsc } from './psc.ts'

/** A workstation with a credential of its own, in its keychain; the phones are the simulator's page. */
export type DirectSite = { readonly simulator: Simulator; readonly counter: AtCounter }

type Options = { readonly channel?: 'MOBILE' | 'CARD'; readonly timeoutSeconds?: number }

/** For stories without a browser: `direct` starts the simulator, and Comptoir as its confidential client. */
export const test = withPsc.extend<{ direct: (options?: Options) => Promise<DirectSite> }>({
  direct: async ({ psc }, use) => {
    await use(async ({ channel = 'MOBILE', timeoutSeconds = 180 } = {}) => {
      const settings = { timeoutSeconds, ciba: { enabled: true, channel } }
      const site = await psc({ method: 'client_secret_basic', settings })
      const counter = await atCounter(site)
      counter.secrets.add(site.simulator.credentials.client_secret_basic.clientSecret)
      return { simulator: site.simulator, counter }
    })
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
