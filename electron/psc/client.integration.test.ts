import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cookieJar, signIn, signOut } from '../../e2e/psc-simulator/agent.ts'
import type { IdentityId, Means } from '../../e2e/psc-simulator/identities.ts'
import {
  clock,
  failureAfterIdToken,
  identified,
  identify,
  patricia,
  redirectUri,
  startProvider,
} from './testing/provider.ts'
import type { Provider } from './testing/provider.ts'

let provider: Provider
beforeEach(async () => {
  provider = await startProvider()
})
afterEach(() => provider.stop())

const rpps = (digits: string) => ({ kind: 'rpps', digits })

describe('an identification', () => {
  it.each<[IdentityId, object]>([
    [
      'adjointe',
      {
        nationalId: rpps('99700261797'),
        rpps: rpps('99700261797'),
        firstName: 'PATRICIA',
        lastName: 'ADJOINTPHARM',
        professions: ['pharmacien'],
      },
    ],
    ['titulaire', { rpps: rpps('99700218896'), lastName: 'TITULAIRE', professions: ['pharmacien'] }],
    ['preparateur', { rpps: rpps('99700393061'), lastName: 'PREPARATEUR', professions: ['preparateur'] }],
    ['medecin', { rpps: rpps('99700427885'), firstName: 'KIT', professions: ['other'] }],
    [
      'sans-rpps',
      { nationalId: { kind: 'other', value: 'ANS20231122132732' }, rpps: null, lastName: 'SANSRPPS' },
    ],
    ['sub-uuid', { rpps: rpps('99700427869'), lastName: 'SUBUUID' }],
    ['eidas3', { rpps: rpps('99700261797'), lastName: 'ADJOINTPHARM' }],
  ])('of %s says who it is, by card and by e-CPS', async (identity, expected) => {
    for (const means of ['CARD', 'MOBILE'] satisfies Means[]) {
      const before = clock.monotonic()
      const authentication = identified(await identify(provider.client, { identity, means }))
      expect(authentication.identity).toMatchObject({ ...expected, authMode: means })
      expect(authentication.trace.acr).toBe(identity === 'eidas3' ? 'eidas3' : 'eidas1')
      expect(authentication.returnedAt).toBeGreaterThan(before)
      expect(authentication.returnedAt).toBeLessThan(clock.monotonic())
      expect(provider.simulator.readIdToken(authentication.idToken)).toMatchObject({ aud: 'comptoir' })
    }
  })

  it('asks for what it must, of the browser', async () => {
    const { client, clientWith, simulator } = provider
    const asked = [
      await client.authorizationRequest(redirectUri),
      await client.authorizationRequest(redirectUri),
    ]
    const [first = new URLSearchParams(), second = new URLSearchParams()] = asked.map((one) => {
      if (one.kind === 'failed') throw new Error(one.reason)
      const url = new URL(one.request.url)
      expect(url.origin + url.pathname).toBe(`${simulator.url}/auth`)
      expect(url.searchParams.get('state')).toBe(one.request.state)
      return url.searchParams
    })
    const { state, nonce, code_challenge, ...others } = Object.fromEntries(first)
    expect(others).toEqual({
      client_id: 'comptoir',
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid scope_all',
      acr_values: 'eidas1',
      code_challenge_method: 'S256',
    })
    for (const [name, value] of Object.entries({ state, nonce, code_challenge })) {
      expect(value).toMatch(/^[\w-]{43}$/)
      expect(second.get(name)).not.toBe(value)
    }
    expect(new Set([state, nonce, code_challenge]).size).toBe(3)
    const prompted = await clientWith({ prompt: 'login', acrValues: 'eidas1 eidas2' }).authorizationRequest(
      redirectUri,
    )
    const url = new URL(prompted.kind === 'ready' ? prompted.request.url : '')
    expect(url.searchParams.get('prompt')).toBe('login')
    expect(url.searchParams.get('acr_values')).toBe('eidas1 eidas2')
  })

  it('asks for the discovery once in an hour, and again after a failure', async () => {
    const { client, simulator } = provider
    let times = 0
    simulator.tamper('discovery', {
      answer: (real) => {
        times += 1
        return real
      },
    })
    identified(await identify(client))
    identified(await identify(client))
    expect(times).toBe(1)
    expect(await identify(client, { ...patricia, answer: 'cancel' })).toMatchObject({ reason: 'abandoned' })
    identified(await identify(client))
    expect(times).toBe(2)
  })

  it('does not mix two requests', async () => {
    const { client } = provider
    const [one, other] = [
      await client.authorizationRequest(redirectUri),
      await client.authorizationRequest(redirectUri),
    ]
    if (one.kind === 'failed' || other.kind === 'failed') throw new Error('No request.')
    const back = new URL(await signIn(one.request.url, patricia))
    expect(await other.request.complete(back)).toMatchObject({ reason: 'invalid-response' })
    // Even under the other's state, the code is bound to its own verifier.
    back.searchParams.set('state', other.request.state)
    expect(await other.request.complete(back)).toMatchObject({
      reason: 'provider-error',
      detail: 'invalid_grant',
    })
  })
})

describe('the age of an identification', () => {
  it('is nothing when the person has just proved who they are, and that of the session else', async () => {
    const cookies = cookieJar()
    const options = { ...patricia, cookies }
    expect(identified(await identify(provider.client, options)).age).toBeLessThanOrEqual(1)
    provider.simulator.ageSessions(50 * 60)
    // Whoever clicks: it is still her session.
    const again = identified(await identify(provider.client, { identity: 'titulaire', cookies }))
    expect(again.identity.lastName).toBe('ADJOINTPHARM')
    expect(again.age).toBeGreaterThanOrEqual(3000)
    expect(again.age).toBeLessThan(3010)
    const broker = provider.clientWith({ authTimeIsFromPsc: false })
    expect(identified(await identify(broker, options)).age).toBeNull()
  })

  it.each<[string, (iat: number) => unknown, number | null]>([
    ['absent', () => undefined, null],
    ['after the issue', (iat) => iat + 2, null],
    ['of a second after the issue, which is rounding', (iat) => iat + 1, 0],
    ['of the issue', (iat) => iat, 0],
    ['of 1970', () => 1, expect.closeTo(Date.now() / 1000, -3)],
  ])('is known or not with an auth_time %s', async (_what, authTime, expected) => {
    provider.simulator.tamperIdToken((claims) => ({ ...claims, auth_time: authTime(Number(claims['iat'])) }))
    expect(identified(await identify(provider.client)).age).toEqual(expected)
  })

  it.each(['1', null, -5, '1970-01-01T00:00:00Z', {}])('is not that of an auth_time %o', async (authTime) => {
    provider.simulator.tamperIdToken((claims) => ({ ...claims, auth_time: authTime }))
    expect(await identify(provider.client)).toMatchObject({ reason: 'invalid-response' })
  })

  it.each([-290, -120, 120, 290])('is right where the clocks differ by %i s', async (offset) => {
    provider.simulator.clock(offset)
    const cookies = cookieJar()
    const options = { ...patricia, cookies }
    expect(identified(await identify(provider.client, options)).age).toBeLessThanOrEqual(1)
    provider.simulator.ageSessions(600)
    const { age } = identified(await identify(provider.client, options))
    expect(age).toBeGreaterThanOrEqual(600)
    expect(age).toBeLessThan(605)
  })
})

describe('the level', () => {
  it.each<[string, unknown, boolean]>([
    ['eidas1', 'eidas1', true],
    ['eidas1', 'eidas3', true],
    ['eidas2', 'eidas3', true],
    ['eidas1 eidas2', 'eidas1', true],
    ['eidas3', undefined, true],
    ['eidas2', 'eidas1', false],
    ['eidas3', 'eidas2', false],
    ['eidas1', 'loa-1', false],
    ['eidas1', 'EIDAS3', false],
    ['eidas1', '', false],
  ])('asked for as %s and answered as %s', async (acrValues, acr, enough) => {
    provider.simulator.tamperIdToken((claims) => ({ ...claims, acr }))
    const answer = await identify(provider.clientWith({ acrValues }))
    if (enough) expect(identified(answer).trace.acr).toBe(acr ?? null)
    else {
      const toLeave = { idToken: expect.any(String) }
      expect(answer).toEqual({
        ...failureAfterIdToken('level-too-low', String(acr), String(acr)),
        ...toLeave,
      })
    }
    // A broker's own word is written down, and compared with nothing.
    const broker = provider.clientWith({ acrValues, acrIsFromPsc: false })
    expect(identified(await identify(broker)).trace.acr).toBe(acr ?? null)
  })
})

describe('what the journal keeps of an identification', () => {
  it('is its level, its means, its moment and who it was', async () => {
    const authTime = Math.floor(Date.now() / 1000) - 600
    provider.simulator.tamperIdToken((claims) => ({ ...claims, auth_time: authTime }))
    const { trace } = identified(await identify(provider.client, { ...patricia, means: 'MOBILE' }))
    expect(trace).toEqual({
      flow: 'code',
      host: new URL(provider.simulator.url).host,
      acr: 'eidas1',
      acrFrom: 'psc',
      authMode: 'MOBILE',
      authTime: new Date(authTime * 1000).toISOString(),
      nationalId: '899700261797',
    })
  })

  it.each([
    ['https://refeds.org/profile/mfa', 'https://refeds.org/profile/mfa'],
    ['loa\r\n\u202E1', 'loa 1'],
    ['a'.repeat(100_000), 'a'.repeat(100)],
    [7, null],
  ])('has a level of a broker’s own, on one line: %j', async (acr, written) => {
    provider.simulator.tamperIdToken((claims) => ({ ...claims, acr }))
    const broker = provider.clientWith({ acrIsFromPsc: false })
    expect(identified(await identify(broker)).trace).toMatchObject({ acr: written, acrFrom: 'broker' })
  })

  it('has the name of a level that is not enough, of which one word is told', async () => {
    provider.simulator.tamperIdToken((claims) => ({ ...claims, acr: 'urn:loa/<b>1</b>' }))
    expect(await identify(provider.client)).toMatchObject({
      reason: 'level-too-low',
      detail: 'urn:loab1b',
      trace: { acr: 'urn:loa/<b>1</b>', acrFrom: 'psc' },
    })
  })

  it.each([7, ['eidas3'], { level: 'eidas3' }])('has no level that is no name: %j', async (acr) => {
    provider.simulator.tamperIdToken((claims) => ({ ...claims, acr }))
    expect(await identify(provider.client)).toMatchObject({
      reason: 'invalid-response',
      detail: 'acr',
      trace: { acr: null },
    })
  })
})

async function endSession(postLogoutRedirectUri: string | null): Promise<URLSearchParams> {
  const parameters = { idToken: null, postLogoutRedirectUri, state: 'sortie' }
  return new URL((await provider.client.endSessionUrl(parameters)) ?? '').searchParams
}

describe('the address that ends the session', () => {
  const back = 'http://localhost:43110/psc/deconnexion'

  it('bears what it must, and ends it', async () => {
    const { client, simulator } = provider
    const cookies = cookieJar()
    const { idToken } = identified(await identify(client, { ...patricia, cookies }))
    const url = await client.endSessionUrl({ idToken, postLogoutRedirectUri: back, state: 'sortie' })
    const { origin, pathname, searchParams } = new URL(url ?? '')
    expect(origin + pathname).toBe(`${simulator.issuer}/protocol/openid-connect/logout`)
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: 'comptoir',
      id_token_hint: idToken,
      post_logout_redirect_uri: back,
      state: 'sortie',
    })
    expect(await signOut(url ?? '', cookies)).toBe(`${back}?state=sortie`)
    const next = identified(await identify(client, { identity: 'titulaire', cookies }))
    expect(next.identity.lastName).toBe('TITULAIRE')
  })

  it('has no hint without an ID token, and no state without an address to come back to', async () => {
    expect([...(await endSession(back)).keys()].toSorted()).toEqual([
      'client_id',
      'post_logout_redirect_uri',
      'state',
    ])
    expect([...(await endSession(null)).keys()]).toEqual(['client_id'])
  })

  it('is unknown when the provider has none, or is not reached', async () => {
    const { clientWith, simulator } = provider
    const parameters = { idToken: null, postLogoutRedirectUri: back, state: 'sortie' }
    simulator.tamper('discovery', {
      answer: (real) => ({ ...real, body: real.body.replace('"end_session_endpoint"', '"other"') }),
    })
    expect(await clientWith({}).endSessionUrl(parameters)).toBeNull()
    await simulator.stop()
    expect(await clientWith({}).endSessionUrl(parameters)).toBeNull()
  })
})
