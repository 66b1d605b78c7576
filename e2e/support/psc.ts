import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, type Page } from '@playwright/test'
import type { ClientMetadata } from 'oidc-provider'
import { identities, type IdentityId, type Means } from '../psc-simulator/identities.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../psc-simulator/simulator.ts'
import { texts } from '../../renderer/ui/texts.ts'
import { test as base, type Browser } from './browser.ts'
import { button } from './counter.ts'
import type { Program } from './program.ts'
import type { WrittenSettings } from './test.ts'

type WrittenPsc = NonNullable<WrittenSettings['psc']>

/** A workstation whose Pro Santé Connect is the simulator, on ports of its own. */
export type PscSite = {
  readonly simulator: Simulator
  readonly ports: readonly number[]
  /** Starts Comptoir and its system browser; nobody is connected. */
  readonly start: () => Promise<{ program: Program; browser: Browser; launcher: Page }>
}

export type PscSiteOptions = Omit<SimulatorOptions, 'clients' | 'port'> & {
  /** Over the demonstration's: the simulator's answers count as PSC's own. */
  readonly settings?: Partial<WrittenPsc>
}

/** For stories with Pro Santé Connect: `psc` starts the simulator and writes the settings. */
export const test = base.extend<{ psc: (options?: PscSiteOptions) => Promise<PscSite> }>({
  psc: async ({ workstation, systemBrowser }, use) => {
    const started: Simulator[] = []
    await use(async ({ settings = {}, ...options } = {}) => {
      const ports = await freePorts(3)
      const redirectUris = ports.map((port) => `http://localhost:${port}/psc/retour`)
      const postLogoutRedirectUris = ports.map((port) => `http://localhost:${port}/psc/deconnexion`)
      const client: ClientMetadata = {
        client_id: 'comptoir',
        client_name: 'Comptoir',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: redirectUris,
        post_logout_redirect_uris: postLogoutRedirectUris,
      }
      const simulator = await startSimulator({ ...options, clients: [client] })
      started.push(simulator)
      const { issuer, discoveryUrl } = simulator
      const psc: WrittenPsc = {
        discoveryUrl,
        issuer,
        clientId: 'comptoir',
        redirectUris,
        postLogoutRedirectUris,
        authTimeIsFromPsc: true,
        acrIsFromPsc: true,
        ...settings,
      }
      await workstation.settings((written) => ({ ...written, psc }))
      return {
        simulator,
        ports,
        start: async () => {
          const program = await workstation.start()
          const browser = await systemBrowser(program)
          return { program, browser, launcher: await program.window('launcher') }
        },
      }
    })
    for (const simulator of started) await simulator.stop()
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
