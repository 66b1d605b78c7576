import { afterEach, describe, expect, it } from 'vitest'
import { cookieJar, signIn, signOut, StaysInBrowser, type CookieJar } from '../psc-simulator/agent.ts'
import { lemonLdapLike, type BrokerTraits } from '../psc-simulator/broker.ts'
import { postLogoutRedirectUri, relyingParty } from '../psc-simulator/relying-party.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../psc-simulator/simulator.ts'
import { startBroker, type Broker, type BrokerOptions } from './broker.ts'

const patricia = '899700261797'
const titulaire = '899700218896'

let psc: Simulator
let broker: Broker
afterEach(async () => {
  await broker.stop()
  await psc.stop()
})

/** Comptoir's place behind a broker, in one browser. */
async function chain(options: Omit<BrokerOptions, 'psc'> = {}, simulated: SimulatorOptions = {}) {
  psc = await startSimulator(simulated)
  broker = await startBroker({ psc, ...options })
  const cookies = cookieJar()
  const party = relyingParty(broker, undefined, { cookies, through: [psc.url] })
  const login = async (identity: 'adjointe' | 'titulaire' = 'adjointe', extra?: Record<string, string>) => {
    const tokens = await party.login({ identity }, extra)
    const { body: userinfo } = await party.userinfo(tokens)
    return { tokens, userinfo, idToken: broker.readIdToken(String(tokens['id_token'])) }
  }
  return { party, login, cookies }
}

async function leftAt(url: string, answer: 'accept' | 'cancel' = 'accept', cookies: CookieJar = cookieJar()) {
  const options = { identity: 'adjointe', answer, cookies, through: [psc.url] } as const
  const left: unknown = await signIn(url, options).catch((error: unknown) => error)
  return left instanceof StaysInBrowser ? left.status : new URL(String(left)).searchParams.get('error')
}

describe('a broker between Comptoir and Pro Santé Connect', () => {
  it.each(['client_secret_basic', 'client_secret_post'] as const)(
    'identifies who PSC identified, in its own name (%s)',
    async (method) => {
      const { login } = await chain({ method })
      const { userinfo, idToken } = await login()
      expect(psc.requests('token')).toBe(1)
      expect(userinfo).toMatchObject({ SubjectNameID: patricia, family_name: 'ADJOINTPHARM' })
      expect(userinfo).not.toHaveProperty('authMode')
      expect(idToken).toMatchObject({
        iss: broker.issuer,
        aud: 'comptoir',
        acr: 'loa-1',
        sub: userinfo['sub'],
      })
      expect(idToken['sub']).toMatch(/^[0-9a-f]{32}$/)
    },
  )

  it('is over https where PSC is too', async () => {
    const { login } = await chain({ tls: 'trusted' }, { tls: 'trusted' })
    expect(broker.url).toMatch(/^https:/)
    expect((await login()).userinfo['SubjectNameID']).toBe(patricia)
  })

  it('gives refresh tokens of its own', async () => {
    const { login, party } = await chain()
    const { tokens } = await login()
    const fields = { grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) }
    expect((await party.token(fields)).status).toBe(200)
    expect(psc.requests('token')).toBe(1)
  })
})

describe('its session (1, 2)', () => {
  it('is reused without PSC, whose session has ended, by whoever clicks', async () => {
    const { login } = await chain()
    await login()
    psc.endAllSessions()
    broker.clock(19 * 3600)
    const visits = psc.requests('authorization')
    expect((await login('titulaire')).userinfo['SubjectNameID']).toBe(patricia)
    expect(psc.requests('authorization')).toBe(visits)
    broker.endAllSessions()
    expect((await login('titulaire')).userinfo['SubjectNameID']).toBe(titulaire)
  })

  it('says that an old session of PSC was opened now', async () => {
    const { login } = await chain()
    await login()
    psc.ageSessions(3000)
    broker.endAllSessions()
    const { userinfo, idToken } = await login('titulaire')
    expect(userinfo['SubjectNameID']).toBe(patricia)
    expect(Number(idToken['iat']) - Number(idToken['auth_time'])).toBeLessThan(10)
  })

  it('says when and how PSC was asked, where it vouches for it', async () => {
    const { login } = await chain({ vouches: true })
    await login()
    psc.ageSessions(3000)
    broker.endAllSessions()
    const { userinfo, idToken } = await login('titulaire')
    expect(userinfo).toMatchObject({ SubjectNameID: patricia, authMode: 'CARD' })
    expect(idToken['acr']).toBe('eidas1')
    const age = Number(idToken['iat']) - Number(idToken['auth_time'])
    expect(age).toBeGreaterThanOrEqual(3000)
    expect(age).toBeLessThan(3010)
  })
})

describe('a browser at a broker (3, 4, 5)', () => {
  it('loops on prompt=login, until a logout', async () => {
    const { login, party, cookies } = await chain({ traits: { prompt: 'loops' } })
    await login()
    await expect(login('adjointe', { prompt: 'login' })).rejects.toThrow(StaysInBrowser)
    await expect(login()).rejects.toThrow(StaysInBrowser)
    await signOut(await party.endSessionUrl({}), cookies).catch(() => undefined)
    await login()
  })

  it('comes back with PSC’s refusal', async () => {
    const { party } = await chain()
    expect(await leftAt(await party.authorizationUrl(), 'cancel')).toBe('access_denied')
  })

  it.each([
    [{}, 'temporarily_unavailable'],
    [{ errorsStayOnPage: true }, 200],
  ])('when PSC is down, with %o: %s', async (traits, end) => {
    const { party } = await chain({ traits })
    const url = await party.authorizationUrl()
    await psc.stop()
    expect(await leftAt(url)).toBe(end)
  })

  it('stays on a page with status 200 after any error', async () => {
    const { party } = await chain({ traits: { errorsStayOnPage: true } })
    expect(await leftAt(await party.authorizationUrl(), 'cancel')).toBe(200)
    expect(await leftAt(await party.authorizationUrl({ client_id: 'inconnu' }))).toBe(200)
    expect(await leftAt(await party.authorizationUrl({ redirect_uri: 'http://localhost:1/x' }))).toBe(200)
  })

  it('comes back from a logout, which leaves PSC’s session', async () => {
    const { login, party, cookies } = await chain()
    const { tokens } = await login()
    const url = await party.endSessionUrl({
      id_token_hint: String(tokens['id_token']),
      post_logout_redirect_uri: postLogoutRedirectUri,
    })
    expect(await signOut(url, cookies)).toBe(postLogoutRedirectUri)
    expect((await party.userinfo(tokens)).status).toBe(401)
    expect((await login('titulaire')).userinfo['SubjectNameID']).toBe(patricia)
  })

  it('is not brought in by a return that it was not sent for', async () => {
    await chain()
    const forged = `${broker.issuer}/retour?code=x&state=y`
    expect(await leftAt(forged)).toBe(400)
  })
})

describe('what a broker changes (5 to 10)', () => {
  it('comes together in one like LemonLDAP::NG', async () => {
    const { login, party, cookies } = await chain({ traits: lemonLdapLike })
    const { tokens, userinfo, idToken } = await login()
    expect(broker.issuer).toMatch(/\/auth\/realms\/officines\/$/)
    expect(idToken).toMatchObject({
      acr: 'loa-1',
      aud: ['comptoir'],
      azp: 'comptoir',
      sub: `psc:${patricia}`,
    })
    expect(userinfo['SubjectNameID']).toBe(patricia)
    for (const member of ['refresh_token', 'scope']) expect(tokens).not.toHaveProperty(member)
    const metadata = await party.metadata()
    expect(metadata).not.toHaveProperty('revocation_endpoint')
    expect(metadata['token_endpoint_auth_methods_supported']).not.toContain('none')
    const url = await party.endSessionUrl({
      id_token_hint: String(tokens['id_token']),
      post_logout_redirect_uri: postLogoutRedirectUri,
    })
    await expect(signOut(url, cookies)).rejects.toThrow(StaysInBrowser)
    expect((await party.userinfo(tokens)).status).toBe(401)
  })

  it.each<[BrokerTraits, object, object]>([
    [{ sub: null }, { sub: null }, { sub: null }],
    [{ elevenDigitRpps: true }, { rpps: '99700261797', otherIds: [{ identifiant: patricia }] }, {}],
    [{ renamedClaims: { SubjectNameID: 'idnat' } }, { idnat: patricia }, {}],
    [{ idTokenClaims: ['SubjectNameID'] }, { family_name: 'ADJOINTPHARM' }, { SubjectNameID: patricia }],
    [{ acr: null, authTime: 'absent' }, {}, { aud: 'comptoir' }],
  ])('is each alone too: %o', async (traits, expectedUserinfo, expectedIdToken) => {
    const { login } = await chain({ traits })
    const { userinfo, idToken } = await login()
    expect(userinfo).toMatchObject(expectedUserinfo)
    expect(idToken).toMatchObject(expectedIdToken)
    if (traits.elevenDigitRpps === true) expect(userinfo).not.toHaveProperty('SubjectNameID')
    if (traits.acr === null) expect(Object.keys(idToken)).not.toContain('acr')
  })
})
