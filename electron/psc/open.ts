import type { Clock } from '../clock.ts'
import { createPscBrowser, type PscBrowser } from './browser.ts'
import { createPscPhone, type PscPhone } from './ciba.ts'
import { createPscClient } from './client.ts'
import type { ClientCredential } from './credential.ts'
import type { EndPages } from './end-page.ts'
import type { Fetch } from './fetch.ts'
import { createPscLogout, type PscLogout } from './logout.ts'
import { createProvider, type PscClientSettings } from './provider.ts'

type Parts = {
  settings: PscClientSettings & {
    readonly redirectUris: readonly string[]
    readonly postLogoutRedirectUris: readonly string[]
    readonly timeoutSeconds: number
    readonly ciba: { readonly channel: 'MOBILE' | 'CARD' }
  }
  credential: ClientCredential
  fetch: Fetch
  clock: Pick<Clock, 'monotonic'>
  pages: EndPages
  openExternal: (url: string) => Promise<void>
}

/** Pro Santé Connect, ready to be asked. */
export type OpenPsc = {
  readonly browser: PscBrowser
  readonly phone: PscPhone
  readonly logout: PscLogout
}

/** Everything of OpenID Connect is loaded with this file. */
export function openPsc({ settings, credential, fetch, clock, pages, openExternal }: Parts): OpenPsc {
  const { redirectUris, postLogoutRedirectUris, timeoutSeconds, ciba } = settings
  const provider = createProvider(settings, credential, clock, fetch)
  const browser = createPscBrowser({
    client: createPscClient(provider),
    registered: { redirectUris, postLogoutRedirectUris },
    timeoutSeconds,
    pages,
    openExternal,
  })
  return {
    browser,
    phone: createPscPhone(provider, { channel: ciba.channel, timeoutSeconds }),
    logout: createPscLogout(provider, browser),
  }
}
