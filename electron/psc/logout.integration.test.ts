import { performance } from 'node:perf_hooks'
import { afterEach, describe, expect, it } from 'vitest'
import { instead, members, page, silent } from '../../e2e/psc-simulator/answers.ts'
import { cookieJar, signIn } from '../../e2e/psc-simulator/agent.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../e2e/psc-simulator/simulator.ts'
import type { BrowserLogout } from './browser.ts'
import { createPscClient } from './client.ts'
import type { ClientCredential } from './credential.ts'
import { createFetch, usualLimits, type Fetch } from './fetch.ts'
import { createPscLogout, type SessionTokens } from './logout.ts'
import { createProvider } from './provider.ts'
import { identified, redirectUri, settingsOf } from './testing/provider.ts'

let simulator: Simulator
afterEach(() => simulator.stop())

const posted = (requests: readonly string[], path: string): number =>
  requests.filter((request) => request === `POST ${path}`).length
const logoutPath = '/protocol/openid-connect/logout'
const revocationPath = '/protocol/openid-connect/revoke'

type Workstation = { readonly clientId?: string; readonly credential?: (from: Simulator) => ClientCredential }

/** A workstation whose browser has a session, and what it sends besides. */
async function workstation(options: SimulatorOptions = {}, { clientId, credential }: Workstation = {}) {
  simulator = await startSimulator(options)
  const settings = settingsOf(simulator, clientId === undefined ? {} : { clientId })
  let skippedMs = 0
  const clock = { now: () => new Date(), monotonic: () => performance.now() + skippedMs }
  const requests: string[] = []
  const real = createFetch(usualLimits, clock, { proxy: null, authorities: null, identity: null })
  const fetch: Fetch = {
    ...real,
    fetch: (url, request) => {
      requests.push(`${request.method} ${new URL(url).pathname.replace(/^.*esante-wallet/u, '')}`)
      return real.fetch(url, request)
    },
  }
  const provider = createProvider(settings, credential?.(simulator) ?? { kind: 'none' }, clock, fetch)
  const client = createPscClient(provider)
  const cookies = cookieJar()
  const out: (string | null)[] = []
  const impossible: BrowserLogout = { kind: 'impossible' }
  const end = createPscLogout(provider, {
    logout: (idToken) => {
      out.push(idToken)
      return Promise.resolve(impossible)
    },
  })
  const logout = (tokens: SessionTokens | null, inBrowser = true) => end(tokens, inBrowser)
  return {
    requests,
    out,
    logout,
    skip: (milliseconds: number) => (skippedMs += milliseconds),
    /** Somebody identifies in the browser. */
    login: async (identity: 'adjointe' | 'titulaire' = 'adjointe') => {
      const asked = await client.authorizationRequest(redirectUri)
      if (asked.kind === 'failed') throw new Error(asked.reason)
      const callback = await signIn(asked.request.url, { identity, cookies })
      return identified(await asked.request.complete(new URL(callback)))
    },
    /** Whether the refresh token still gives another. */
    refreshes: async (token: string | null) => {
      const endpoint = `${simulator.issuer}/protocol/openid-connect/token`
      const body = new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: token ?? '',
        client_id: 'comptoir',
      })
      return (await globalThis.fetch(endpoint, { method: 'POST', body })).ok
    },
  }
}

describe('a logout without a browser', () => {
  it('ends the session of its browser, which asks anew', async () => {
    const { login, logout, out, requests } = await workstation()
    const patricia = await login()
    // The session is still hers there, whoever comes.
    expect((await login('titulaire')).identity.lastName).toBe('ADJOINTPHARM')
    expect(await logout(patricia)).toEqual({ kind: 'over' })
    expect([out, posted(requests, logoutPath), posted(requests, revocationPath)]).toEqual([[], 1, 0])
    expect((await login('titulaire')).identity.lastName).toBe('TITULAIRE')
  })

  it('is asked for by a confidential client as such', async () => {
    const { login, logout, out } = await workstation(
      {},
      {
        clientId: 'comptoir-post',
        credential: ({ credentials: { client_secret_post: post } }) => ({
          kind: 'secret',
          method: post.method,
          secret: post.clientSecret,
        }),
      },
    )
    expect(await logout(await login())).toEqual({ kind: 'over' })
    expect(out).toEqual([])
  })

  it('may be told by an empty page', async () => {
    const { login, logout, out } = await workstation({ tamper: { 'end-session': instead({ status: 200 }) } })
    expect(await logout(await login())).toEqual({ kind: 'over' })
    expect(out).toEqual([])
  })
})

describe('a logout that takes the browser', () => {
  it('revokes what was kept, and does not ask in vain again, for an hour', async () => {
    const { login, logout, out, requests, refreshes, skip } = await workstation({
      broker: { noSilentLogout: true },
    })
    expect(await refreshes((await login()).refreshToken)).toBe(true)
    const first = await login()
    expect(await logout(first)).toEqual({ kind: 'impossible' })
    expect(out).toEqual([first.idToken])
    await expect.poll(() => posted(requests, revocationPath)).toBe(1)
    await expect.poll(() => refreshes(first.refreshToken)).toBe(false)
    const second = await login()
    await logout(second)
    expect([out, posted(requests, logoutPath)]).toEqual([[first.idToken, second.idToken], 1])
    skip(60 * 60_000)
    await logout(await login())
    expect(posted(requests, logoutPath)).toBe(2)
  })

  it.each([
    ['404', instead({ status: 404 })],
    ['405', instead({ status: 405 })],
    ['a redirection', instead({ status: 302, headers: { location: '/' } })],
    ['a page', page()],
  ])('is not asked to be silent again after %s', async (_, answer) => {
    const { login, logout, out, requests } = await workstation({ tamper: { 'end-session': answer } })
    const tokens = await login()
    await logout(tokens)
    await logout(tokens)
    expect([out.length, posted(requests, logoutPath)]).toEqual([2, 1])
  })

  it.each([
    [
      'a token that is over',
      instead({ status: 400, headers: { 'content-type': 'application/json' }, body: '{}' }),
    ],
    ['a service that fails', page(503)],
  ])('may be silent the next time after %s', async (_, answer) => {
    const { login, logout, out } = await workstation({ tamper: { 'end-session': answer } })
    await logout(await login())
    simulator.tamper('end-session', null)
    expect(await logout(await login())).toEqual({ kind: 'over' })
    expect(out).toHaveLength(1)
  })

  it('is of no use to a session that no browser has (CIBA): what was kept is revoked', async () => {
    const { login, logout, out, requests } = await workstation({ broker: { noSilentLogout: true } })
    const tokens = await login()
    expect(await logout(tokens, false)).toEqual({ kind: 'over' })
    expect(out).toEqual([])
    await expect.poll(() => posted(requests, revocationPath)).toBe(1)
  })

  it('comes after five seconds without an answer', async () => {
    const { login, logout, out } = await workstation({ tamper: { 'end-session': silent } })
    const tokens = await login()
    const before = performance.now()
    await logout(tokens)
    expect(performance.now() - before).toBeGreaterThan(4900)
    expect(performance.now() - before).toBeLessThan(9000)
    expect(out).toEqual([tokens.idToken])
  })

  it('comes at once without a refresh token, or without any token', async () => {
    const { login, logout, out, requests } = await workstation({ broker: { noRefreshToken: true } })
    const tokens = await login()
    await logout(tokens)
    await logout(null)
    expect(out).toEqual([tokens.idToken, null])
    expect([posted(requests, logoutPath), posted(requests, revocationPath)]).toEqual([0, 0])
  })

  it.each([
    ['without an end of session', { end_session_endpoint: undefined }, 1],
    ['without a revocation either', { end_session_endpoint: undefined, revocation_endpoint: undefined }, 0],
  ])('is left to the browser %s', async (_, missing, revocations) => {
    const { login, logout, out, requests } = await workstation({
      tamper: { discovery: members((real) => ({ ...real, ...missing })) },
    })
    await logout(await login())
    await expect.poll(() => posted(requests, revocationPath)).toBe(revocations)
    expect([out.length, posted(requests, logoutPath)]).toEqual([1, 0])
  })

  it('is left to the browser when the provider is away', async () => {
    const { login, logout, out } = await workstation()
    const tokens = await login()
    await simulator.stop()
    expect(await logout(tokens)).toEqual({ kind: 'impossible' })
    expect(out).toEqual([tokens.idToken])
    simulator = await startSimulator()
  })
})
