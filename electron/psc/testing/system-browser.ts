import { EventEmitter, once } from 'node:events'
import { cookieJar, signIn, signOut, type CookieJar } from '../../../e2e/psc-simulator/agent.ts'
import type { IdentityId } from '../../../e2e/psc-simulator/identities.ts'
import { startSimulator, type SimulatorOptions } from '../../../e2e/psc-simulator/simulator.ts'
import { createPscBrowser, type BrowserLogin, type PscBrowser } from '../browser.ts'
import type { PscAnswer } from '../authentication.ts'
import { createPscClient } from '../client.ts'
import type { PscClientSettings } from '../provider.ts'
import { providerOf } from './provider.ts'
import { pages, registeredOn } from './registered.ts'

/** The browser of a workstation: it opens what it is told, and whoever sits there identifies. */
export type SystemBrowser = {
  readonly cookies: CookieJar
  readonly opened: string[]
  /** Goes where the browser was sent, identifies, and comes back. */
  readonly visit: (url: string | undefined, identity?: IdentityId) => Promise<Response>
  /** The same after a logout. */
  readonly leave: (url: string | undefined) => Promise<Response>
}

export function systemBrowser(): SystemBrowser {
  const cookies = cookieJar()
  return {
    cookies,
    opened: [],
    visit: async (url = '', identity = 'adjointe') => fetch(await signIn(url, { identity, cookies })),
    leave: async (url = '') => fetch(await signOut(url, cookies)),
  }
}

export type Counter = {
  readonly psc: PscBrowser
  readonly browser: SystemBrowser
  readonly simulator: Awaited<ReturnType<typeof startSimulator>>
  readonly stop: () => Promise<void>
}

type CounterOptions = Omit<SimulatorOptions, 'clients'> & {
  readonly settings?: Partial<PscClientSettings>
  readonly timeoutSeconds?: number
  readonly withoutLogoutAddress?: boolean
  readonly openExternal?: (url: string) => Promise<void>
}

/** A workstation that has registered these ports, and its provider. */
export async function startCounter(ports: readonly number[], options: CounterOptions = {}): Promise<Counter> {
  const { settings, timeoutSeconds = 10, withoutLogoutAddress = false, openExternal, ...others } = options
  const { redirectUris, postLogoutRedirectUris } = registeredOn(ports)
  const comptoir = {
    client_id: 'comptoir',
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: [...postLogoutRedirectUris],
    token_endpoint_auth_method: 'none' as const,
  }
  const simulator = await startSimulator({ ...others, clients: [comptoir] })
  const browser = systemBrowser()
  const psc = createPscBrowser({
    client: createPscClient(providerOf(simulator, { settings: settings ?? {} })),
    registered: { redirectUris, postLogoutRedirectUris: withoutLogoutAddress ? [] : postLogoutRedirectUris },
    timeoutSeconds,
    pages,
    openExternal: async (url) => {
      browser.opened.push(url)
      await openExternal?.(url)
    },
  })
  return { psc, browser, simulator, stop: simulator.stop }
}

/** An identification, and what it has told. */
export type Started = BrowserLogin & {
  readonly told: string[]
  /** Resolves when the browser has been sent out, or could not be. */
  readonly out: Promise<boolean>
}

export function startLogin(psc: PscBrowser): Started {
  const told: string[] = []
  const sent = new EventEmitter()
  const login = psc.login({
    opened: (shown) => {
      told.push(`opened ${shown}`)
      sent.emit('out', shown)
    },
    back: () => told.push('back'),
  })
  return { ...login, told, out: once(sent, 'out').then(([shown]) => shown === true) }
}

export function whoIs(answer: PscAnswer | { kind: 'cancelled' }): string {
  if (answer.kind === 'identified') return answer.authentication.identity.lastName
  return answer.kind === 'failed' ? answer.reason : answer.kind
}
