import { afterEach, describe, expect, it } from 'vitest'
import { cookieJar, signIn, signOut, StaysInBrowser } from '../../e2e/psc-simulator/agent.ts'
import { lemonLdapLike, type BrokerTraits } from '../../e2e/psc-simulator/broker.ts'
import type { PscFailureReason } from './failure.ts'
import type { PscClientSettings } from './provider.ts'
import {
  failure,
  failureAfterIdToken,
  identified,
  identify,
  patricia,
  redirectUri,
  startProvider,
} from './testing/provider.ts'
import type { Provider } from './testing/provider.ts'

// The numbers are those of brokers.md.

let provider: Provider
afterEach(() => provider.stop())

const rpps = { kind: 'rpps', digits: '99700261797' }
/** A broker's word on the time and the level is its own, unless the settings say otherwise. */
const ownWord = { authTimeIsFromPsc: false, acrIsFromPsc: false }

async function broker(traits: BrokerTraits, settings: Partial<PscClientSettings> = {}) {
  provider = await startProvider({ broker: traits }, { ...ownWord, ...settings })
  return provider.client
}

describe('behind a broker, somebody is identified', () => {
  it.each<[string, BrokerTraits, Partial<PscClientSettings>]>([
    ['2. that dates the session of now', { authTime: 'now' }, {}],
    ['2. that dates nothing', { authTime: 'absent' }, {}],
    ['2. whose acr is its own', { acr: 'loa-1' }, {}],
    ['2. that says no acr', { acr: null }, { acrIsFromPsc: true }],
    ['3. that ignores prompt', { prompt: 'ignored' }, { prompt: 'login' }],
    ['3. that loops on prompt, which is not sent', { prompt: 'loops' }, {}],
    ['4. whose errors stay in the browser', { errorsStayOnPage: true }, {}],
    ['6. whose issuer ends with a slash', { issuerEndsWithSlash: true }, {}],
    ['6. that does not declare what it takes', { undeclared: ['none', 'scope_all', 'S256'] }, {}],
    ['6. without revocation', { noRevocation: true }, {}],
    ['6. without iss', { noIss: true }, {}],
    ['6. without refresh token', { noRefreshToken: true }, {}],
    ['6. without scope', { noScope: true }, {}],
    ['7. whose audience is an array', { otherAudiences: [] }, {}],
    ['7. with other audiences', { otherAudiences: ['autre', 'tiers'] }, {}],
    ['7. whose sub contains the national id', { sub: 'contains-national-id' }, {}],
    ['8. where the id has another name', { renamedClaims: { SubjectNameID: 'idnat' } }, {}],
    [
      '8. where the configured claim is in the ID token',
      { renamedClaims: { SubjectNameID: 'idnat' }, idTokenClaims: ['idnat'] },
      { nationalIdClaim: 'idnat' },
    ],
    [
      '8. where all is in the ID token',
      { idTokenClaims: ['SubjectNameID', 'family_name', 'given_name'] },
      {},
    ],
    ['8. that strips the 8, known by otherIds', { elevenDigitRpps: true }, {}],
    ['8. that strips the 8, in the configured claim', { elevenDigitRpps: true }, { nationalIdClaim: 'rpps' }],
    [
      '8. where otherIds alone is left',
      { omittedClaims: ['SubjectNameID', 'preferred_username'] },
      { nationalIdClaim: 'otherIds' },
    ],
    ['10. with short errors', { terseErrors: true }, {}],
    ['10. whose members come in any order', { shuffledMembers: true }, {}],
    ['of every difference together', lemonLdapLike, {}],
  ])('%s', async (_name, traits, settings) => {
    const { identity, age } = identified(await identify(await broker(traits, settings)))
    expect(identity).toMatchObject({
      nationalId: rpps,
      rpps,
      firstName: 'PATRICIA',
      lastName: 'ADJOINTPHARM',
    })
    expect(identity.professions).toEqual(['pharmacien'])
    expect(age).toBeNull()
  })

  it('7. without a name nor a means', async () => {
    const omittedClaims = ['given_name', 'family_name', 'authMode', 'SubjectRefPro', 'SubjectRole']
    const { identity } = identified(await identify(await broker({ omittedClaims })))
    expect(identity).toEqual({
      nationalId: rpps,
      rpps,
      firstName: '',
      lastName: '',
      professions: [],
      authMode: null,
    })
  })
})

describe('behind a broker, nobody is identified', () => {
  const everyId = ['SubjectNameID', 'preferred_username', 'otherIds']

  it.each<[string, BrokerTraits, Partial<PscClientSettings>, PscFailureReason, string]>([
    ['2. whose acr is taken for PSC’s', { acr: 'loa-1' }, { acrIsFromPsc: true }, 'level-too-low', 'loa-1'],
    ['8. whose sub is null', { sub: null }, {}, 'invalid-response', 'OAUTH_INVALID_RESPONSE'],
    ['8. without identifier', { omittedClaims: everyId }, {}, 'no-identifier', ''],
    [
      '7. without identifier but in its sub',
      { omittedClaims: everyId, sub: 'contains-national-id' },
      {},
      'no-identifier',
      '',
    ],
    ['8. without the configured claim', {}, { nationalIdClaim: 'rpps' }, 'no-identifier', ''],
  ])('%s', async (_name, traits, settings, reason, detail) => {
    const answer = await identify(await broker(traits, settings))
    // Known by their ID token all the same: the browser must leave them.
    const isKnown = reason === 'level-too-low' || reason === 'no-identifier'
    expect(answer).toEqual(
      isKnown
        ? { ...failureAfterIdToken(reason, detail, traits.acr ?? 'eidas1'), idToken: expect.any(String) }
        : failure(reason, detail),
    )
  })

  it('10. where the session has ended meanwhile', async () => {
    const client = await broker({ terseErrors: true })
    provider.simulator.tamper('token', {
      answer: (real) => {
        provider.simulator.endAllSessions()
        return real
      },
    })
    expect(await identify(client)).toEqual(
      failureAfterIdToken('invalid-response', 'OAUTH_RESPONSE_IS_NOT_CONFORM'),
    )
  })

  it.each(['unknown', 'secretive'])('10. that does not know %s as a public client', async (clientId) => {
    const redirect_uris = [redirectUri]
    provider = await startProvider({
      broker: { terseErrors: true },
      clients: [
        { client_id: 'comptoir', redirect_uris, token_endpoint_auth_method: 'none' },
        { client_id: 'secretive', redirect_uris, client_secret: 'x'.repeat(32) },
      ],
    })
    const asked = await provider.client.authorizationRequest(redirectUri)
    const other = await provider.clientWith({ clientId }).authorizationRequest(redirectUri)
    if (asked.kind === 'failed' || other.kind === 'failed') throw new Error('No request.')
    const back = new URL(await signIn(asked.request.url, patricia))
    back.searchParams.set('state', other.request.state)
    expect(await other.request.complete(back)).toEqual(failure('credential', 'invalid_client'))
  })
})

describe('the browser, left at a broker', () => {
  it('1. comes back at once with whoever was there before, without a date', async () => {
    const client = await broker({ sessionSeconds: 20 * 3600, authTime: 'now' })
    const cookies = cookieJar()
    identified(await identify(client, { ...patricia, cookies }))
    provider.later(19 * 3600)
    const again = identified(await identify(client, { identity: 'titulaire', cookies }))
    expect(again.identity.rpps).toEqual(rpps)
    expect(again.age).toBeNull()
    // What the setting is for: the broker's word would pass the old session for a fresh one.
    const trusting = provider.clientWith({ authTimeIsFromPsc: true })
    expect(identified(await identify(trusting, { identity: 'titulaire', cookies })).age).toBeLessThanOrEqual(
      1,
    )
  })

  it('3. may never come back, until a logout', async () => {
    await broker({ prompt: 'loops', losesPostLogoutRedirectUri: true })
    const cookies = cookieJar()
    const client = provider.clientWith({ prompt: 'login' })
    await expect(identify(client, { ...patricia, cookies })).rejects.toThrow(StaysInBrowser)
    const url = await client.endSessionUrl({ idToken: null, postLogoutRedirectUri: null, state: 'sortie' })
    await expect(signOut(url ?? '', cookies)).rejects.toThrow(StaysInBrowser)
    identified(await identify(provider.client, { ...patricia, cookies }))
  })

  it('4. 9. stays on a page after a refusal, or for an address that is not exactly a registered one', async () => {
    const client = await broker({ errorsStayOnPage: true })
    await expect(identify(client, { ...patricia, answer: 'cancel' })).rejects.toThrow(StaysInBrowser)
    for (const other of [redirectUri.replace('localhost', '127.0.0.1'), `${redirectUri}/`]) {
      const asked = await client.authorizationRequest(other)
      if (asked.kind === 'failed') throw new Error(asked.reason)
      await expect(signIn(asked.request.url, patricia)).rejects.toThrow(StaysInBrowser)
    }
  })
})
