import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { PscAnswer } from './authentication.ts'
import type { PscClient } from './client.ts'
import type { EndPages } from './end-page.ts'
import { failed } from './failure.ts'
import { openLoopback, type Loopback } from './loopback.ts'

/** Pro Santé Connect through the system browser, which alone sees its pages. */
export type PscBrowser = {
  /** Sends the browser out to identify somebody. */
  readonly login: (events: LoginEvents) => BrowserLogin
  /** Sends the browser out to end its session. Resolves once it is out, or cannot be. */
  readonly logout: (idToken: string | null) => Promise<BrowserLogout>
}

export type LoginEvents = {
  /** The browser has been sent out; `shown`: whether the system could open it. */
  readonly opened: (shown: boolean) => void
  /** The browser is back: its answer is being verified. */
  readonly back: () => void
}

export type BrowserLogin = {
  /** The address that the browser was sent to, once it is known. */
  readonly link: () => string | null
  /** Sends the browser to it again; false when it cannot be. */
  readonly reopen: () => Promise<boolean>
  /** Never rejects. */
  readonly answer: Promise<PscAnswer | { readonly kind: 'cancelled' }>
  /** Nothing that comes afterwards is listened to. */
  readonly cancel: () => void
}

export type BrowserLogout =
  | {
      readonly kind: 'out'
      /** Resolves when the browser comes back from it, which brokers may never do. */
      readonly returned: Promise<void>
      readonly close: () => void
    }
  /** There is no end of session, or no browser. */
  | { readonly kind: 'impossible' }

type Parts = {
  client: PscClient
  registered: { redirectUris: readonly string[]; postLogoutRedirectUris: readonly string[] }
  timeoutSeconds: number
  pages: EndPages
  openExternal: (url: string) => Promise<void>
}

/** The browser's return from a logout is listened for this long: it may show its page meanwhile, nobody waits. */
const logoutMs = 120_000

export function createPscBrowser(parts: Parts): PscBrowser {
  const { client, registered, timeoutSeconds, pages } = parts
  let lingering: { loopback: Loopback; state: string; arrived: () => void } | null = null

  const open = async (url: string): Promise<boolean> => {
    try {
      await parts.openExternal(url)
      return true
    } catch {
      return false
    }
  }

  /**
   * A logout that still listens gives its port back first. It listens no more at once: what its browser keeps open is
   * not waited for. Whoever has the port then hears of its return.
   */
  const listen = async (): Promise<Loopback | null> => {
    const waited = lingering
    lingering = null
    void waited?.loopback.close()
    const loopback = await openLoopback(registered, pages)
    if (waited !== null) void loopback?.loggedOut(waited.state).then(waited.arrived)
    return loopback
  }

  const login = ({ opened, back }: LoginEvents): BrowserLogin => {
    let link: string | null = null
    const given = new AbortController()
    const { signal } = given
    const cancelled = once(signal, 'abort').then(() => 'cancelled' as const)
    const late = wait(timeoutSeconds * 1000, 'late' as const, { signal }).catch(() => 'cancelled' as const)

    const go = async (loopback: Loopback): Promise<PscAnswer | { kind: 'cancelled' }> => {
      const asked = await Promise.race([client.authorizationRequest(loopback.redirectUri), cancelled])
      if (asked === 'cancelled') return { kind: 'cancelled' }
      if (asked.kind === 'failed') return asked
      const { url, state, complete } = asked.request
      link = url
      const returned = loopback.returned(state)
      void open(url).then(opened)
      const callback = await Promise.race([returned, late, cancelled])
      if (callback === 'cancelled') return { kind: 'cancelled' }
      if (callback === 'late') return failed('time-out')
      // The request leaves first: the windows have their time while it is answered.
      const completed = complete(callback)
      back()
      void loopback.close()
      const answer = await Promise.race([completed, cancelled])
      return answer === 'cancelled' ? { kind: 'cancelled' } : answer
    }

    const answer = (async () => {
      const loopback = await listen()
      if (loopback === null) return failed('ports-taken', portsOf(registered.redirectUris))
      try {
        return await go(loopback)
      } finally {
        // Browsers keep spare connections open: the port is free at once, nobody waits for their end.
        void loopback.close()
      }
    })()
    const cancel = (): void => given.abort()
    void answer.then(cancel)
    return {
      link: () => link,
      reopen: () => (link === null ? Promise.resolve(false) : open(link)),
      answer,
      cancel,
    }
  }

  const logout = async (idToken: string | null): Promise<BrowserLogout> => {
    const loopback = await listen()
    const state = randomBytes(24).toString('base64url')
    const postLogoutRedirectUri = loopback?.postLogoutRedirectUri ?? null
    const comesBack = loopback !== null && postLogoutRedirectUri !== null
    const close = (): void => {
      clearTimeout(timer)
      if (lingering?.loopback === loopback) lingering = null
      void loopback?.close()
    }
    const timer = setTimeout(close, logoutMs)
    const returned = new Promise<void>((arrived) => {
      if (!comesBack) return
      // From now on, even on its way out, it gives way to a login; and the browser may be back before the system says
      // that it opened it.
      lingering = { loopback, state, arrived }
      void loopback.loggedOut(state).then(arrived)
    })
    void returned.then(close)
    const url = await client.endSessionUrl({ idToken, postLogoutRedirectUri, state })
    const isOut = url !== null && (await open(url))
    if (!isOut || !comesBack) close()
    return isOut ? { kind: 'out', returned, close } : { kind: 'impossible' }
  }

  return { login, logout }
}

/** « 43110, 43111, 43112 ». */
function portsOf(uris: readonly string[]): string {
  return uris.map((uri) => new URL(uri).port).join(', ')
}
