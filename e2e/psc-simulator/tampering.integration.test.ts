import { createHmac } from 'node:crypto'
import { createLocalJWKSet, exportSPKI, importJWK, jwtVerify, type JSONWebKeySet } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cookieJar, signIn, signOut } from './agent.ts'
import { callback, cut, huge, instead, late, members, page, silent } from './answers.ts'
import { postLogoutRedirectUri, relyingParty, type RelyingParty } from './relying-party.ts'
import { startSimulator, type Endpoint, type Signature, type Simulator } from './simulator.ts'

let simulator: Simulator
let party: RelyingParty
beforeEach(async () => {
  simulator = await startSimulator()
  party = relyingParty(simulator)
})
afterEach(() => simulator.stop())

const patricia = { identity: 'adjointe' } as const

async function jwks(): Promise<JSONWebKeySet> {
  const { jwks_uri: uri } = await party.metadata()
  const keys: JSONWebKeySet = await (await fetch(String(uri))).json()
  return keys
}

async function idTokenOf() {
  return String((await party.login(patricia))['id_token'])
}

describe('a spoiled answer', () => {
  it.each<[Endpoint, string]>([
    ['discovery', 'issuer'],
    ['userinfo', 'sub'],
    ['jwks', 'keys'],
    ['token', 'token_type'],
  ])('of %s is another until it is cleared', async (endpoint, member) => {
    const ask = async () => {
      if (endpoint === 'discovery') return party.metadata()
      if (endpoint === 'jwks') return jwks()
      const tokens = await party.login(patricia)
      return endpoint === 'token' ? tokens : (await party.userinfo(tokens)).body
    }
    const real = await ask()
    simulator.tamper(
      endpoint,
      members((answer) => ({ ...answer, [member]: 'autre' })),
    )
    expect(await ask()).toMatchObject({ [member]: 'autre' })
    simulator.tamper(endpoint, null)
    expect(await ask()).toHaveProperty(member, Reflect.get(real, member))
  })

  it('may be set from the start', async () => {
    await simulator.stop()
    simulator = await startSimulator({ tamper: { discovery: page() } })
    const response = await fetch(simulator.discoveryUrl)
    expect(response.headers.get('Content-Type')).toContain('text/html')
  })

  it('leads back to the client otherwise', async () => {
    const cookies = cookieJar()
    simulator.tamper(
      'authorization',
      callback(({ searchParams }) => searchParams.set('state', 'autre')),
    )
    const address = await signIn(await party.authorizationUrl(), { ...patricia, cookies })
    expect(new URL(address).searchParams.get('state')).toBe('autre')
    simulator.tamper(
      'end-session',
      callback(({ searchParams }) => searchParams.set('state', 'tiers')),
    )
    const url = await party.endSessionUrl({
      client_id: 'comptoir',
      post_logout_redirect_uri: postLogoutRedirectUri,
    })
    expect(await signOut(url, cookies)).toBe(`${postLogoutRedirectUri}?state=tiers`)
  })

  it('has the status and headers it is given', async () => {
    simulator.tamper('discovery', instead({ status: 503, headers: { 'retry-after': '5' }, body: '{}' }))
    const response = await fetch(simulator.discoveryUrl)
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5'])
  })

  it('is late, cut, silent or huge', async () => {
    simulator.tamper('discovery', late(150))
    const before = performance.now()
    expect((await fetch(simulator.discoveryUrl)).status).toBe(200)
    expect(performance.now() - before).toBeGreaterThan(140)
    simulator.tamper('discovery', cut)
    await expect(party.metadata()).rejects.toThrow('aborted')
    simulator.tamper('discovery', silent)
    const signal = AbortSignal.timeout(100)
    await expect(fetch(simulator.discoveryUrl, { signal })).rejects.toMatchObject({ name: 'TimeoutError' })
    simulator.tamper('discovery', huge(3_000_000))
    expect((await (await fetch(simulator.discoveryUrl)).text()).length).toBe(3_000_002)
  })
})

describe('an ID token', () => {
  it('has other claims, rightly signed', async () => {
    simulator.tamperIdToken((claims) => ({ ...claims, nonce: 'autre', aud: 'tiers' }))
    const { payload } = await jwtVerify(await idTokenOf(), createLocalJWKSet(await jwks()))
    expect(payload).toMatchObject({ nonce: 'autre', aud: 'tiers' })
    simulator.tamperIdToken(null)
    expect(simulator.readIdToken(await idTokenOf())['nonce']).toBe('hasard')
  })

  it.each<Signature>([{ key: 'other' }, { key: 'own', alg: 'none' }, { key: 'own', alg: 'HS256' }])(
    'is signed with %o, which its JWKS does not verify',
    async (signature) => {
      simulator.tamperIdToken((claims) => claims, signature)
      const idToken = await idTokenOf()
      await expect(jwtVerify(idToken, createLocalJWKSet(await jwks()))).rejects.toThrow()
      expect(simulator.readIdToken(idToken)['nonce']).toBe('hasard')
      const [, , signed] = idToken.split('.')
      expect(signed === '').toBe(signature.alg === 'none')
    },
  )

  it('of alg HS256 is what a client verifies that takes the public key for a secret', async () => {
    const [key] = (await jwks()).keys
    const publicKey = await importJWK(key ?? {}, 'RS256', { extractable: true })
    if (publicKey instanceof Uint8Array) throw new Error('No public key.')
    const [header, payload, signature] = (
      await simulator.signIdToken({}, { key: 'own', alg: 'HS256' })
    ).split('.')
    const secret = `${await exportSPKI(publicKey)}\n`
    expect(createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')).toBe(signature)
  })

  it('ends the session it was given for, even spoiled', async () => {
    simulator.tamperIdToken((claims) => ({ ...claims, iss: 'https://ailleurs.invalid' }))
    const cookies = cookieJar()
    const tokens = await party.login({ ...patricia, cookies })
    const url = await party.endSessionUrl({ id_token_hint: String(tokens['id_token']) })
    await signOut(url, cookies).catch(() => undefined)
    expect((await party.userinfo(tokens)).status).toBe(401)
  })
})

describe('the clock', () => {
  it.each([-120, 120])('moves all that the provider says by %i s', async (offset) => {
    simulator.clock(offset)
    const tokens = await party.login(patricia)
    const { iat, exp, auth_time: authTime } = simulator.readIdToken(String(tokens['id_token']))
    const now = Date.now() / 1000 + offset
    expect(Math.abs(Number(iat) - now)).toBeLessThan(3)
    expect(Math.abs(Number(authTime) - now)).toBeLessThan(3)
    expect(Number(exp) - Number(iat)).toBe(120)
    const { headers, status } = await party.userinfo(tokens)
    expect(status).toBe(200)
    expect(Math.abs(Date.parse(headers.get('Date') ?? '') / 1000 - now)).toBeLessThan(3)
  })

  it('may be wrong from the start', async () => {
    await simulator.stop()
    simulator = await startSimulator({ clockOffsetSeconds: 3600 })
    const { headers } = await fetch(simulator.discoveryUrl)
    expect(Date.parse(headers.get('Date') ?? '') - Date.now()).toBeGreaterThan(3_590_000)
  })

  it('makes what was given out older', async () => {
    const cookies = cookieJar()
    await party.login({ ...patricia, cookies })
    simulator.clock(600)
    const tokens = await party.login({ ...patricia, cookies })
    const { iat, auth_time: authTime } = simulator.readIdToken(String(tokens['id_token']))
    expect(Number(iat) - Number(authTime)).toBeGreaterThanOrEqual(600)
  })
})

describe('the sessions', () => {
  it('all end at once, with their tokens', async () => {
    const cookies = cookieJar()
    const tokens = await party.login({ ...patricia, cookies })
    simulator.endAllSessions()
    expect((await party.userinfo(tokens)).status).toBe(401)
    const next = await party.login({ identity: 'titulaire', cookies })
    expect(simulator.readIdToken(String(next['id_token']))['sub']).toContain('899700218896')
  })

  it('end when they are aged beyond four hours', async () => {
    const cookies = cookieJar()
    await party.login({ ...patricia, cookies })
    simulator.ageSessions(4 * 3600)
    const next = await party.login({ identity: 'titulaire', cookies })
    expect(simulator.readIdToken(String(next['id_token']))['sub']).toContain('899700218896')
  })
})
