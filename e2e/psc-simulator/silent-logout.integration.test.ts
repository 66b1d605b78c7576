import { afterEach, describe, expect, it } from 'vitest'
import { cookieJar, signIn, signOut } from './agent.ts'
import { fetchWith } from './fetch.ts'
import { postLogoutRedirectUri, relyingParty } from './relying-party.ts'
import { startSimulator, type Method, type Simulator, type SimulatorOptions } from './simulator.ts'

const methods: readonly Method[] = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'tls_client_auth',
]

let simulator: Simulator
afterEach(() => simulator.stop())

/** Somebody logged in by this client. */
async function connected(method: Method, options: SimulatorOptions = {}) {
  simulator = await startSimulator({ tls: 'trusted', ...options })
  const party = relyingParty(simulator, simulator.credentials[method])
  const cookies = cookieJar()
  const tokens = await party.login({ identity: 'adjointe', cookies })
  const nextOne = async () => {
    const next = await party.login({ identity: 'titulaire', cookies })
    return String(simulator.readIdToken(String(next['id_token']))['sub'])
  }
  return { party, tokens, cookies, nextOne, refreshToken: String(tokens['refresh_token']) }
}

describe('a logout without the browser', () => {
  it.each(methods)('ends the session for a client by %s', async (method) => {
    const { party, tokens, nextOne, refreshToken } = await connected(method)
    const answer = await party.ask('end_session_endpoint', { refresh_token: refreshToken })
    expect(answer).toMatchObject({ status: 204, body: {} })
    expect((await party.userinfo(tokens)).status).toBe(401)
    expect(await nextOne()).toContain('899700218896')
  })

  it('is refused for what is not, or no more, a refresh token of this client', async () => {
    const { party, tokens, nextOne, refreshToken } = await connected('client_secret_post')
    const other = relyingParty(simulator, simulator.credentials.client_secret_basic)
    const invalid = { status: 400, body: { error: 'invalid_grant' } }
    const fields = { refresh_token: refreshToken }
    expect(await other.ask('end_session_endpoint', fields)).toMatchObject(invalid)
    expect(await party.ask('end_session_endpoint', { refresh_token: 'inconnu' })).toMatchObject(invalid)
    const accessToken = String(tokens['access_token'])
    expect(await party.ask('end_session_endpoint', { refresh_token: accessToken })).toMatchObject(invalid)
    expect((await party.userinfo(tokens)).status).toBe(200)
    simulator.clock(31 * 60)
    expect(await party.ask('end_session_endpoint', fields)).toMatchObject(invalid)
    simulator.clock(0)
    expect(await nextOne()).toContain('899700261797')
  })

  it('is refused to who has not the secret', async () => {
    const { refreshToken } = await connected('client_secret_post')
    const wrong = { ...simulator.credentials.client_secret_post, clientSecret: 'faux' }
    const refused = relyingParty(simulator, wrong).ask('end_session_endpoint', {
      refresh_token: refreshToken,
    })
    expect(await refused).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  it('gets a page where the provider does not know it', async () => {
    const { tokens, party, refreshToken } = await connected('none', { broker: { noSilentLogout: true } })
    const body = new URLSearchParams({ client_id: 'comptoir', refresh_token: refreshToken })
    const { ca } = simulator
    const answer = await fetchWith({ ca }, await party.endSessionUrl({}), { method: 'POST', body })
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect((await party.userinfo(tokens)).status).toBe(200)
  })
})

it('leaves the logout that the browser posts', async () => {
  const { party, cookies, tokens } = await connected('none')
  const { ca } = simulator
  const start = String((await party.metadata())['end_session_endpoint'])
  const page = await fetchWith({ ca }, start, {
    method: 'POST',
    headers: { Cookie: cookies.header(new URL(start)) },
    body: new URLSearchParams({ id_token_hint: String(tokens['id_token']) }),
  })
  expect(await page.text()).toContain('op.logoutForm')
  const url = await party.endSessionUrl({
    id_token_hint: String(tokens['id_token']),
    post_logout_redirect_uri: postLogoutRedirectUri,
  })
  expect(await signOut(url, cookies, { ca })).toBe(postLogoutRedirectUri)
  expect(
    new URL(await signIn(await party.authorizationUrl(), { identity: 'titulaire', cookies, ca })).host,
  ).toBe('localhost:43111')
})
