import * as oidc from 'openid-client'
import type { Authentication } from './authentication.ts'
import type { BrowserLogout, PscBrowser } from './browser.ts'
import type { Provider } from './provider.ts'

/** What ends a session at the provider; kept for as long as its operator is connected. */
export type SessionTokens = Pick<Authentication, 'idToken' | 'refreshToken'>

/**
 * Ends the session at the provider: silently where it takes that, else in the browser, by these tokens where they were
 * kept. One that no browser has (CIBA) opens none. Resolves once it is over, or the browser is out, or cannot be.
 */
export type PscLogout = (
  tokens: SessionTokens | null,
  inBrowser: boolean,
) => Promise<{ readonly kind: 'over' } | BrowserLogout>

/** Longer than that, the person would rather see the browser. */
const patienceMs = 5000
/** A provider that takes no silent logout is not asked for one again this long. */
const refusedMs = 60 * 60_000

export function createPscLogout(provider: Provider, browser: Pick<PscBrowser, 'logout'>): PscLogout {
  const { clock } = provider
  let refusedUntil = -Infinity

  /** As Keycloak does: the refresh token posted to the end-session endpoint ends the session it belongs to. */
  const endSilently = async (refreshToken: string): Promise<boolean> => {
    if (clock.monotonic() < refusedUntil) return false
    const { end_session_endpoint: endpoint } = (await provider.configuration()).serverMetadata()
    if (endpoint === undefined) return false
    const answer = await provider.post(endpoint, { refresh_token: refreshToken })
    const isOver = answer.status === 204 || (answer.status === 200 && (await answer.text()) === '')
    // An OAuth error is about this token, or about this client: the next one may be taken.
    if (!isOver && !isJson(answer)) refusedUntil = clock.monotonic() + refusedMs
    return isOver
  }

  /** RFC 7009. */
  const revoke = async (refreshToken: string): Promise<void> => {
    const config = await provider.configuration()
    if (config.serverMetadata().revocation_endpoint === undefined) return
    await oidc.tokenRevocation(config, refreshToken, { token_type_hint: 'refresh_token' })
  }

  return async (tokens, inBrowser) => {
    const refreshToken = tokens?.refreshToken ?? null
    if (refreshToken !== null) {
      if (await inTime(endSilently(refreshToken))) return { kind: 'over' }
      // The session ends in the browser: that is what is told.
      revoke(refreshToken).catch(() => undefined)
    }
    return inBrowser ? browser.logout(tokens?.idToken ?? null) : { kind: 'over' }
  }
}

/** False when it fails too, or is too slow. */
async function inTime(ending: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  const inTime = await Promise.race([ending.catch(() => false), late])
  clearTimeout(timer)
  return inTime
}

function isJson({ headers }: Response): boolean {
  return (headers.get('content-type') ?? '').startsWith('application/json')
}
