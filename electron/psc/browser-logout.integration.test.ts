import { afterEach, describe, expect, it } from 'vitest'
import { late, members } from '../../e2e/psc-simulator/answers.ts'
import { StaysInBrowser } from '../../e2e/psc-simulator/agent.ts'
import type { IdentityId } from '../../e2e/psc-simulator/identities.ts'
import type { BrowserLogout } from './browser.ts'
import { addresses, freePort, isFree, take } from './testing/ports.ts'
import { startCounter, startLogin, whoIs, type Counter } from './testing/system-browser.ts'

let counter: Counter
afterEach(() => counter.stop())

/** One identification, and its ID token. */
async function connect(identity: IdentityId = 'adjointe'): Promise<{ who: string; idToken: string | null }> {
  const { psc, browser } = counter
  const login = startLogin(psc)
  await login.out
  await browser.visit(browser.opened.at(-1), identity)
  const answer = await login.answer
  return {
    who: whoIs(answer),
    idToken: answer.kind === 'identified' ? answer.authentication.idToken : null,
  }
}

function out(logout: BrowserLogout): Extract<BrowserLogout, { kind: 'out' }> {
  if (logout.kind === 'impossible') throw new Error('The browser was not sent out.')
  return logout
}

const settled = (promise: Promise<void>) =>
  Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), 30)
    }),
  ])

describe('a logout in the system browser', () => {
  it('ends the session, and is told when it comes back', async () => {
    const port = await freePort()
    counter = await startCounter([port])
    const { psc, browser } = counter
    const { idToken } = await connect()
    const logout = out(await psc.logout(idToken))
    const url = new URL(browser.opened.at(-1) ?? '')
    expect(url.searchParams.get('id_token_hint')).toBe(idToken)
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`http://localhost:${port}/psc/deconnexion`)
    expect(url.searchParams.get('state')).toMatch(/^[\w-]{32}$/)
    // Another page of this machine may come by; only its own state is the return.
    await fetch(`http://localhost:${port}/psc/deconnexion?state=autre`)
    expect(await settled(logout.returned)).toBe(false)
    const page = await browser.leave(url.href)
    expect(await page.text()).toContain('Session Pro Santé Connect terminée')
    await logout.returned
    expect(await isFree(port)).toBe(true)
    logout.close()
    expect(await connect('titulaire')).toMatchObject({ who: 'TITULAIRE' })
  })

  it('goes without an ID token, and is then confirmed in the browser', async () => {
    counter = await startCounter([await freePort()])
    await connect()
    const logout = out(await counter.psc.logout(null))
    const url = counter.browser.opened.at(-1) ?? ''
    expect(new URL(url).searchParams.has('id_token_hint')).toBe(false)
    await counter.browser.leave(url)
    await logout.returned
    expect(await connect('titulaire')).toMatchObject({ who: 'TITULAIRE' })
  })

  it('may never come back: listening ends when asked', async () => {
    const port = await freePort()
    counter = await startCounter([port], { broker: { losesPostLogoutRedirectUri: true } })
    const { idToken } = await connect()
    const logout = out(await counter.psc.logout(idToken))
    await expect(counter.browser.leave(counter.browser.opened.at(-1))).rejects.toThrow(StaysInBrowser)
    expect(await settled(logout.returned)).toBe(false)
    expect(await isFree(port)).toBe(false)
    logout.close()
    logout.close()
    expect(await isFree(port)).toBe(true)
  })

  it('gives its only port to the next identification', async () => {
    const port = await freePort()
    counter = await startCounter([port], { broker: { losesPostLogoutRedirectUri: true } })
    const { idToken } = await connect()
    const logout = out(await counter.psc.logout(idToken))
    await counter.browser.leave(counter.browser.opened.at(-1)).catch(() => undefined)
    expect(await connect('titulaire')).toMatchObject({ who: 'TITULAIRE' })
    // A late close of the logout closes nothing of a later identification.
    const login = startLogin(counter.psc)
    await login.out
    logout.close()
    expect(await isFree(port)).toBe(false)
    await counter.browser.visit(counter.browser.opened.at(-1), 'titulaire')
    expect(whoIs(await login.answer)).toBe('TITULAIRE')
  })

  it('is heard by the identification that has taken its port', async () => {
    const port = await freePort()
    counter = await startCounter([port])
    const { idToken } = await connect()
    const logout = out(await counter.psc.logout(idToken))
    const url = counter.browser.opened.at(-1)
    const login = startLogin(counter.psc)
    await login.out
    const page = await counter.browser.leave(url)
    expect(await page.text()).toContain('Session Pro Santé Connect terminée')
    await logout.returned
    // It goes on listening for its own.
    await counter.browser.visit(login.link() ?? '', 'titulaire')
    expect(whoIs(await login.answer)).toBe('TITULAIRE')
    expect(await isFree(port)).toBe(true)
  })

  it('gives its only port while it is still on its way out', async () => {
    counter = await startCounter([await freePort()], { tamper: { discovery: late(300) } })
    const { psc, browser } = counter
    const logout = psc.logout(null)
    await new Promise((resolve) => setTimeout(resolve, 100))
    const login = startLogin(psc)
    await login.out
    await browser.visit(login.link() ?? '')
    expect(whoIs(await login.answer)).toBe('ADJOINTPHARM')
    out(await logout).close()
  })

  it('may be back before the system has said that it was out', async () => {
    const port = await freePort()
    counter = await startCounter([port], {
      openExternal: async (url) => {
        if (url.includes('/logout')) await counter.browser.leave(url)
      },
    })
    await connect()
    await out(await counter.psc.logout(null)).returned
    expect(await isFree(port)).toBe(true)
  })

  it('gives its only port to the next logout', async () => {
    counter = await startCounter([await freePort()])
    const first = out(await counter.psc.logout(null))
    const second = out(await counter.psc.logout(null))
    await counter.browser.leave(counter.browser.opened.at(-1))
    await second.returned
    expect(await settled(first.returned)).toBe(false)
  })

  it('goes out without a way back where the ports are taken, or no address is registered', async () => {
    const port = await freePort()
    counter = await startCounter([port])
    const giveBack = await take(port, ...addresses)
    const taken = out(await counter.psc.logout(null))
    expect(new URL(counter.browser.opened[0] ?? '').searchParams.has('post_logout_redirect_uri')).toBe(false)
    expect(await settled(taken.returned)).toBe(false)
    await giveBack()
    await counter.stop()
    counter = await startCounter([port], { withoutLogoutAddress: true })
    const unregistered = out(await counter.psc.logout(null))
    expect(new URL(counter.browser.opened[0] ?? '').searchParams.has('post_logout_redirect_uri')).toBe(false)
    expect(await settled(unregistered.returned)).toBe(false)
    expect(await isFree(port)).toBe(true)
  })

  it('is impossible without an address for it, without PSC, or without a browser', async () => {
    const port = await freePort()
    counter = await startCounter([port], {
      tamper: { discovery: members((real) => ({ ...real, end_session_endpoint: undefined })) },
    })
    expect(await counter.psc.logout(null)).toEqual({ kind: 'impossible' })
    expect(counter.browser.opened).toEqual([])
    expect(await isFree(port)).toBe(true)
    await counter.stop()
    expect(await counter.psc.logout(null)).toEqual({ kind: 'impossible' })
    counter = await startCounter([port], { openExternal: () => Promise.reject(new Error('None.')) })
    expect(await counter.psc.logout(null)).toEqual({ kind: 'impossible' })
    expect(await isFree(port)).toBe(true)
  })
})
