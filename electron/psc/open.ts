import type { Clock } from '../clock.ts'
import { createPscBrowser, type PscBrowser } from './browser.ts'
import { createPscClient, type PscClientSettings } from './client.ts'
import type { EndPages } from './end-page.ts'

type Parts = {
  settings: PscClientSettings & {
    readonly redirectUris: readonly string[]
    readonly postLogoutRedirectUris: readonly string[]
    readonly timeoutSeconds: number
  }
  clock: Pick<Clock, 'monotonic'>
  pages: EndPages
  openExternal: (url: string) => Promise<void>
}

/** Pro Santé Connect, ready to send the browser out. Everything of OpenID Connect is loaded with this file. */
export function openPsc({ settings, clock, pages, openExternal }: Parts): PscBrowser {
  const { redirectUris, postLogoutRedirectUris, timeoutSeconds } = settings
  return createPscBrowser({
    client: createPscClient(settings, clock),
    registered: { redirectUris, postLogoutRedirectUris },
    timeoutSeconds,
    pages,
    openExternal,
  })
}
