import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cookieJar, signIn, signOut, StaysInBrowser } from './agent.ts'
import { postLogoutRedirectUri, relyingParty, type Json, type RelyingParty } from './relying-party.ts'
import { startSimulator, type Simulator } from './simulator.ts'

let simulator: Simulator
let party: RelyingParty
beforeEach(async () => {
  simulator = await startSimulator()
  party = relyingParty(simulator)
})
afterEach(() => simulator.stop())

const claimsOf = (tokens: Json) => simulator.readIdToken(String(tokens['id_token']))
const patricia = { identity: 'adjointe' } as const

async function refresh(tokens: Json) {
  return party.token({ grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) })
}

describe('the session of the browser', () => {
  it('identifies the same person at once, whoever clicks, with the time it was opened', async () => {
    const cookies = cookieJar()
    const tokens = await party.login({ ...patricia, cookies })
    const first = claimsOf(tokens)
    simulator.ageSessions(600)
    const second = claimsOf(await party.login({ identity: 'titulaire', cookies }))
    expect(second['sub']).toBe(first['sub'])
    expect(Number(second['iat']) - Number(second['auth_time'])).toBeGreaterThanOrEqual(600)
    expect(second['sid']).toBe(first['sid'])
    expect((await party.userinfo(tokens)).status).toBe(200)
  })

  it.each([{ prompt: 'login' }, { max_age: '60' }])('does not count with %o', async (extra) => {
    const cookies = cookieJar()
    await party.login({ ...patricia, cookies })
    simulator.ageSessions(600)
    const claims = claimsOf(await party.login({ identity: 'titulaire', cookies }, extra))
    expect(claims['sub']).toContain('899700218896')
    expect(Number(claims['iat']) - Number(claims['auth_time'])).toBeLessThan(5)
  })

  it('answers login_required to prompt=none when there is none', async () => {
    const address = await signIn(await party.authorizationUrl({ prompt: 'none' }), patricia)
    expect(new URL(address).searchParams.get('error')).toBe('login_required')
  })

  it('ends with a logout, without a question when the ID token is shown', async () => {
    const cookies = cookieJar()
    const tokens = await party.login({ ...patricia, cookies })
    const url = await party.endSessionUrl({
      id_token_hint: String(tokens['id_token']),
      post_logout_redirect_uri: postLogoutRedirectUri,
      state: 'sortie',
    })
    const page = await (await fetch(url, { headers: { Cookie: cookies.header(new URL(url)) } })).text()
    expect(page).toContain('envoi.js')
    expect(await signOut(url, cookies)).toBe(`${postLogoutRedirectUri}?state=sortie`)
    expect((await party.userinfo(tokens)).status).toBe(401)
    expect(claimsOf(await party.login({ identity: 'titulaire', cookies }))['sub']).toContain('899700218896')
  })

  it('asks before a logout without an ID token, and goes to no address that is not registered', async () => {
    const cookies = cookieJar()
    const tokens = await party.login({ ...patricia, cookies })
    const url = await party.endSessionUrl({})
    const page = await (await fetch(url, { headers: { Cookie: cookies.header(new URL(url)) } })).text()
    expect(page).not.toContain('envoi.js')
    expect(page).toContain('Voulez-vous vous déconnecter')
    const elsewhere = await party.endSessionUrl({
      id_token_hint: String(tokens['id_token']),
      post_logout_redirect_uri: `${postLogoutRedirectUri}/`,
    })
    await expect(signOut(elsewhere, cookies)).rejects.toThrow(StaysInBrowser)
    await expect(signOut(url, cookies)).rejects.toThrow(StaysInBrowser)
    expect((await party.userinfo(tokens)).status).toBe(401)
  })
})

describe('what was given out', () => {
  it('is renewed once by each refresh token', async () => {
    const tokens = await party.login(patricia)
    const renewed = await refresh(tokens)
    expect(renewed.status).toBe(200)
    expect(claimsOf(renewed.body)).toMatchObject({ sub: claimsOf(tokens)['sub'] })
    expect((await party.userinfo(renewed.body)).status).toBe(200)
    expect(await refresh(tokens)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  it('is taken back by a revocation', async () => {
    const tokens = await party.login(patricia)
    await party.ask('revocation_endpoint', { token: String(tokens['refresh_token']) })
    expect((await refresh(tokens)).status).toBe(400)
  })

  it('lives as long as at PSC', async () => {
    const cookies = cookieJar()
    const tokens = await party.login({ ...patricia, cookies })
    simulator.clock(110)
    expect((await party.userinfo(tokens)).status).toBe(200)
    simulator.clock(121)
    expect((await party.userinfo(tokens)).status).toBe(401)
    // A refresh keeps the session, which would have ended of inactivity.
    simulator.clock(29 * 60)
    const renewed = await refresh(tokens)
    simulator.clock(58 * 60)
    expect((await refresh(renewed.body)).status).toBe(200)
    simulator.clock(58 * 60 + 31 * 60)
    const later = await party.login({ identity: 'titulaire', cookies })
    expect(claimsOf(later)['sub']).toContain('899700218896')
  })

  it('never outlives four hours of a session', async () => {
    let { body } = { body: await party.login(patricia) }
    for (let minutes = 29; minutes < 240; minutes += 29) {
      simulator.clock(minutes * 60)
      const renewed = await refresh(body)
      expect(renewed.status).toBe(200)
      body = renewed.body
    }
    simulator.clock(240 * 60 + 1)
    expect((await refresh(body)).status).toBe(400)
  })
})
