import { allowInsecureRequests, Configuration, fetchUserInfo } from 'openid-client'
import { afterEach, describe, expect, it } from 'vitest'
import { cookieJar, signIn, signOut, StaysInBrowser } from './agent.ts'
import { lemonLdapLike, type BrokerTraits } from './broker.ts'
import { postLogoutRedirectUri, relyingParty, type Json } from './relying-party.ts'
import { startSimulator, type Simulator } from './simulator.ts'

const patricia = { identity: 'adjointe' } as const
const nationalId = '899700261797'
const nobody = 'access-token-of-nobody'

let simulator: Simulator
afterEach(() => simulator.stop())

async function broker(traits: BrokerTraits) {
  simulator = await startSimulator({ broker: traits })
  return relyingParty(simulator)
}

/** What one identification gives behind a broker with these traits. */
async function login(traits: BrokerTraits, ageSeconds = 0) {
  const party = await broker(traits)
  const cookies = cookieJar()
  await party.login({ ...patricia, cookies })
  simulator.ageSessions(ageSeconds)
  const tokens = await party.login({ ...patricia, cookies })
  const { body: userinfo } = await party.userinfo(tokens)
  return { party, cookies, tokens, idToken: simulator.readIdToken(String(tokens['id_token'])), userinfo }
}

async function errorOf(url: string, answer: 'accept' | 'cancel' = 'accept') {
  const left: unknown = await signIn(url, { ...patricia, answer }).catch((error: unknown) => error)
  return left instanceof StaysInBrowser ? left.status : left
}

describe('the session and times of a broker', () => {
  it('is reused for hours, where PSC’s would have ended', async () => {
    const party = await broker({ sessionSeconds: 20 * 3600 })
    const cookies = cookieJar()
    await party.login({ ...patricia, cookies })
    simulator.clock(19 * 3600)
    const tokens = await party.login({ identity: 'titulaire', cookies })
    expect(simulator.readIdToken(String(tokens['id_token']))['sub']).toContain(nationalId)
    simulator.clock(40 * 3600)
    const later = await party.login({ identity: 'titulaire', cookies })
    expect(simulator.readIdToken(String(later['id_token']))['sub']).toContain('899700218896')
  })

  it('says that an old session was opened now, or nothing', async () => {
    const { idToken } = await login({ authTime: 'now' }, 3000)
    expect(idToken['auth_time']).toBe(idToken['iat'])
    await simulator.stop()
    expect((await login({ authTime: 'absent' })).idToken).not.toHaveProperty('auth_time')
  })

  it('says its own acr, or none', async () => {
    expect((await login({ acr: 'loa-1' })).idToken['acr']).toBe('loa-1')
    await simulator.stop()
    expect((await login({ acr: null })).idToken).not.toHaveProperty('acr')
  })

  it.each([{ prompt: 'login' }, { max_age: '0' }])('loops on %o until a logout', async (extra) => {
    const party = await broker({ prompt: 'loops' })
    const cookies = cookieJar()
    const options = { ...patricia, cookies }
    await party.login(options)
    simulator.ageSessions(60)
    await expect(party.login(options, extra)).rejects.toThrow(StaysInBrowser)
    // That browser is stuck, another is not.
    await expect(party.login(options)).rejects.toThrow(StaysInBrowser)
    await party.login(patricia)
    await signOut(await party.endSessionUrl({}), cookies).catch(() => undefined)
    await party.login(options)
  })

  it('may ignore prompt and max_age', async () => {
    const party = await broker({ prompt: 'ignored' })
    const cookies = cookieJar()
    await party.login({ ...patricia, cookies })
    for (const extra of [{ prompt: 'login' }, { max_age: '0' }, { prompt: 'none' }]) {
      const tokens = await party.login({ identity: 'titulaire', cookies }, extra)
      expect(simulator.readIdToken(String(tokens['id_token']))['sub']).toContain(nationalId)
    }
  })
})

describe('a browser left at a broker', () => {
  it('stays on a page with status 200 after an error', async () => {
    const party = await broker({ errorsStayOnPage: true })
    for (const extra of [
      { client_id: 'inconnu' },
      { redirect_uri: 'http://localhost:1/x' },
      { code_challenge: null },
    ]) {
      expect(await errorOf(await party.authorizationUrl(extra))).toBe(200)
    }
    expect(await errorOf(await party.authorizationUrl(), 'cancel')).toBe(200)
    await party.login(patricia)
  })

  it('stays on the broker’s page after a logout', async () => {
    const { party, tokens, cookies } = await login({ losesPostLogoutRedirectUri: true })
    const url = await party.endSessionUrl({
      id_token_hint: String(tokens['id_token']),
      post_logout_redirect_uri: postLogoutRedirectUri,
    })
    await expect(signOut(url, cookies)).rejects.toThrow(StaysInBrowser)
    expect((await party.userinfo(tokens)).status).toBe(401)
  })
})

describe('the metadata and answers of a broker', () => {
  it('may have an issuer that ends with a slash', async () => {
    const { party, idToken } = await login({ issuerEndsWithSlash: true })
    expect(simulator.issuer).toMatch(/esante-wallet\/$/)
    expect((await party.metadata())['issuer']).toBe(simulator.issuer)
    expect(idToken['iss']).toBe(simulator.issuer)
    const address = new URL(await signIn(await party.authorizationUrl(), patricia))
    expect(address.searchParams.get('iss')).toBe(simulator.issuer)
  })

  it('may declare neither none nor scope_all although it takes them', async () => {
    const { party } = await login({ undeclared: ['none', 'scope_all'] })
    const { token_endpoint_auth_methods_supported: methods, scopes_supported: scopes } =
      await party.metadata()
    expect(methods).toEqual(['client_secret_basic', 'client_secret_post', 'private_key_jwt'])
    expect(scopes).not.toContain('scope_all')
  })

  it('may lack a revocation endpoint, iss, a refresh token and scope', async () => {
    const { party, tokens } = await login({
      noRevocation: true,
      noIss: true,
      noRefreshToken: true,
      noScope: true,
    })
    const metadata = await party.metadata()
    expect(metadata).not.toHaveProperty('revocation_endpoint')
    expect(metadata).not.toHaveProperty('authorization_response_iss_parameter_supported')
    expect(new URL(await signIn(await party.authorizationUrl(), patricia)).searchParams.has('iss')).toBe(
      false,
    )
    for (const member of ['refresh_token', 'refresh_expires_in', 'scope'])
      expect(tokens).not.toHaveProperty(member)
  })

  it('may have short and wrong errors', async () => {
    const party = await broker({ terseErrors: true })
    const refused = await party.token({ grant_type: 'authorization_code', code: 'x', redirect_uri: 'y' })
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(refused.body).not.toHaveProperty('error_description')
    const stranger = relyingParty(simulator, { method: 'none', clientId: 'inconnu' })
    expect(await stranger.token({ grant_type: 'authorization_code', code: 'x' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_client' },
    })
    const { status, body } = await party.userinfo({ access_token: nobody })
    expect({ status, body }).toEqual({ status: 401, body: {} })
    const client = new Configuration(
      { issuer: simulator.issuer, userinfo_endpoint: String((await party.metadata())['userinfo_endpoint']) },
      'comptoir',
    )
    allowInsecureRequests(client)
    await expect(fetchUserInfo(client, nobody, 'sub')).rejects.toMatchObject({
      code: 'OAUTH_RESPONSE_IS_NOT_CONFORM',
    })
  })

  it('may have its members in any order', async () => {
    const { party, tokens } = await login({ shuffledMembers: true })
    const orders = new Set<string>()
    for (let time = 0; time < 8; time += 1)
      orders.add(Object.keys((await party.userinfo(tokens)).body).join(' '))
    expect(orders.size).toBeGreaterThan(1)
  })
})

describe('the claims of a broker', () => {
  const userinfoClaims: readonly [string, BrokerTraits, (userinfo: Json, idToken: Json) => void][] = [
    [
      'aud as an array, with azp',
      { otherAudiences: ['portail'] },
      (_userinfo, idToken) =>
        expect(idToken).toMatchObject({ aud: ['comptoir', 'portail'], azp: 'comptoir' }),
    ],
    [
      'a sub that contains the national id',
      { sub: 'contains-national-id' },
      (userinfo, idToken) => {
        expect(userinfo['sub']).toBe(`psc:${nationalId}`)
        expect(idToken['sub']).toBe(userinfo['sub'])
      },
    ],
    [
      'a sub that is null',
      { sub: null },
      (userinfo, idToken) => expect([userinfo['sub'], idToken['sub']]).toEqual([null, null]),
    ],
    [
      'no identifier',
      { omittedClaims: ['SubjectNameID', 'preferred_username', 'otherIds', 'authMode'] },
      (userinfo) => expect(JSON.stringify({ ...userinfo, sub: '' })).not.toContain(nationalId),
    ],
    [
      'claims under other names',
      { renamedClaims: { SubjectNameID: 'idnat' } },
      (userinfo) => {
        expect(userinfo['idnat']).toBe(nationalId)
        expect(userinfo).not.toHaveProperty('SubjectNameID')
      },
    ],
    [
      'claims in the ID token',
      { renamedClaims: { SubjectNameID: 'idnat' }, idTokenClaims: ['idnat', 'authMode'] },
      (userinfo, idToken) => {
        expect(idToken).toMatchObject({ idnat: nationalId, authMode: 'CARD' })
        expect(userinfo).not.toHaveProperty('idnat')
      },
    ],
    [
      'an RPPS of eleven digits, and otherIds as they are',
      { elevenDigitRpps: true },
      (userinfo) => {
        expect(userinfo).toMatchObject({ rpps: '99700261797', otherIds: [{ identifiant: nationalId }] })
        expect(userinfo).not.toHaveProperty('SubjectNameID')
        expect(userinfo).not.toHaveProperty('preferred_username')
      },
    ],
  ]

  it.each(userinfoClaims)('may have %s', async (_name, traits, check) => {
    const { userinfo, idToken } = await login(traits)
    check(userinfo, idToken)
  })

  it('come together in a broker like LemonLDAP::NG', async () => {
    const { userinfo, idToken, party, tokens, cookies } = await login(lemonLdapLike)
    expect(userinfo['SubjectNameID']).toBe(nationalId)
    expect(idToken).toMatchObject({ acr: 'loa-1', aud: ['comptoir'], azp: 'comptoir' })
    const url = await party.endSessionUrl({ id_token_hint: String(tokens['id_token']) })
    await expect(signOut(url, cookies)).rejects.toThrow(StaysInBrowser)
    expect((await party.userinfo(tokens)).status).toBe(401)
  })
})
