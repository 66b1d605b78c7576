import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, type Page } from '@playwright/test'
import { identities, type IdentityId, type Means } from '../psc-simulator/identities.ts'
import {
  startSimulator,
  type Method,
  type Simulator,
  type SimulatorOptions,
} from '../psc-simulator/simulator.ts'
import { texts } from '../../renderer/ui/texts.ts'
import { test as base, type Browser } from './browser.ts'
import { button } from './counter.ts'
import { giveCredential } from './psc-credential.ts'
import type { Program } from './program.ts'
import type { WrittenSettings } from './test.ts'

type WrittenPsc = NonNullable<WrittenSettings['psc']>

/** A workstation whose Pro Santé Connect is the simulator, on ports of its own. */
export type PscSite = {
  readonly simulator: Simulator
  readonly ports: readonly number[]
  /** Starts Comptoir and its system browser; nobody is connected. */
  readonly start: () => Promise<{ program: Program; browser: Browser; launcher: Page }>
  /** What a program of this workstation's session needs in its environment: its keychain's, where there is one. */
  readonly env: Readonly<Record<string, string>>
}

export type PscSiteOptions = Omit<
  SimulatorOptions,
  'clients' | 'port' | 'redirectUris' | 'postLogoutRedirectUris'
> & {
  /** How Comptoir proves that it is the client: a public one unless told, with the secrets in a real keychain. */
  readonly method?: Method
  /** Over the demonstration's: the simulator's answers count as PSC's own. */
  readonly settings?: Partial<WrittenPsc>
}

/** For stories with Pro Santé Connect: `psc` starts the simulator and writes the settings. */
export const test = base.extend<{ psc: (options?: PscSiteOptions) => Promise<PscSite> }>({
  psc: async ({ workstation, systemBrowser }, use) => {
    const ending: (() => Promise<void>)[] = []
    await use(async ({ settings = {}, method = 'none', ...options } = {}) => {
      const ports = await freePorts(3)
      const redirectUris = ports.map((port) => `http://localhost:${port}/psc/retour`)
      const postLogoutRedirectUris = ports.map((port) => `http://localhost:${port}/psc/deconnexion`)
      const simulator = await startSimulator({ ...options, redirectUris, postLogoutRedirectUris })
      ending.push(simulator.stop)
      const { issuer, discoveryUrl } = simulator
      const { env, stop, written } = await giveCredential(workstation, simulator, method)
      ending.push(stop)
      const psc: WrittenPsc = {
        discoveryUrl,
        issuer,
        redirectUris,
        postLogoutRedirectUris,
        authTimeIsFromPsc: true,
        acrIsFromPsc: true,
        ...written,
        ...settings,
      }
      await workstation.settings((written) => ({ ...written, psc }))
      return {
        simulator,
        ports,
        env,
        start: async () => {
          const program = await workstation.start({ env })
          const browser = await systemBrowser(program)
          return { program, browser, launcher: await program.window('launcher') }
        },
      }
    })
    for (const end of ending) await end()
  },
})

/** Presses Pro Santé Connect in the identification window that is asking. */
export async function pressPsc(program: Program): Promise<Page> {
  const identification = await program.window('identification')
  await button(identification, texts.psc.buttonName).click()
  return identification
}

/** Asks for an identification by « S'identifier », then Pro Santé Connect. Resolves to the identification window. */
export async function goOut(program: Program): Promise<Page> {
  const launcher = await program.window('launcher')
  await button(launcher, "S'identifier").click()
  return pressPsc(program)
}

/** Identifies on the simulator's pages, as somebody would. */
export async function signInAs(tab: Page, id: IdentityId, means: Means = 'CARD'): Promise<void> {
  const identity = identities.find((known) => known.id === id)
  await tab.getByLabel('Identité de test').selectOption({ label: identity?.label ?? '' })
  await button(tab, means === 'CARD' ? 'Carte CPS' : 'e-CPS').click()
  if (means === 'CARD') {
    await tab.getByLabel('Code porteur').fill('1234')
    await button(tab, 'Valider').click()
  } else {
    await button(tab, "J'ai validé sur mon téléphone").click()
  }
}

/** The tab has come back to Comptoir, which has its answer. */
export async function cameBack(tab: Page): Promise<void> {
  await expect(tab.getByRole('heading', { name: texts.psc.pages.done[0] })).toBeVisible()
}

/** « Est-ce bien vous ? », as the identification window asks it. */
export function questionOf(identification: Page) {
  return identification.getByRole('alertdialog')
}

/** Drawn by the system: another run of the same stories may be going on. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => {
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  })
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports
}
