import { performance } from 'node:perf_hooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cut, huge, instead, late, members, page, silent } from '../../e2e/psc-simulator/answers.ts'
import type { Tampering } from '../../e2e/psc-simulator/simulator.ts'
import type { PscFailureReason } from './failure.ts'
import { freePort } from './testing/ports.ts'
import { failure, identified, identify, redirectUri, startProvider } from './testing/provider.ts'
import type { Provider } from './testing/provider.ts'

let provider: Provider
beforeEach(async () => {
  provider = await startProvider()
})
afterEach(() => provider.stop())

const set = (member: string, value: unknown) =>
  members((real) => Object.fromEntries(Object.entries({ ...real, [member]: value })))
const json = (body: string) => instead({ headers: { 'content-type': 'application/json' }, body })
const notConform = 'OAUTH_RESPONSE_IS_NOT_CONFORM'

describe('the browser is not sent out', () => {
  it.each<[string, Tampering, PscFailureReason, string]>([
    ['500', instead({ status: 500 }), 'unreachable', 'server-error'],
    ['503, with a page', page(503), 'unreachable', 'server-error'],
    ['a page', page(), 'unreachable', 'OAUTH_RESPONSE_IS_NOT_JSON'],
    ['JSON that is not', json('{"issuer":'), 'unreachable', 'OAUTH_PARSE_ERROR'],
    ['nothing', json(''), 'unreachable', 'OAUTH_PARSE_ERROR'],
    ['a cut answer', cut, 'unreachable', 'cut'],
    ['64 MB', huge(64 * 1024 * 1024), 'invalid-response', 'too-large'],
    ['404', instead({ status: 404 }), 'invalid-response', notConform],
    [
      'a redirection',
      instead({ status: 302, headers: { location: 'http://localhost:1/' } }),
      'invalid-response',
      notConform,
    ],
    ['an array', json('[]'), 'invalid-response', 'OAUTH_INVALID_RESPONSE'],
    ['null', json('null'), 'invalid-response', 'OAUTH_INVALID_RESPONSE'],
    ['a text', json('"issuer"'), 'invalid-response', 'OAUTH_INVALID_RESPONSE'],
    ['no issuer', set('issuer', undefined), 'invalid-response', 'OAUTH_INVALID_RESPONSE'],
    ['a number for an issuer', set('issuer', 1), 'invalid-response', 'OAUTH_INVALID_RESPONSE'],
  ])('when the discovery answers %s', async (_what, tampering, reason, detail) => {
    provider.simulator.tamper('discovery', tampering)
    const before = performance.now()
    expect(await provider.client.authorizationRequest(redirectUri)).toEqual(failure(reason, detail))
    expect(performance.now() - before).toBeLessThan(4000)
    // Nothing of it is remembered.
    provider.simulator.tamper('discovery', null)
    identified(await identify(provider.client))
  })

  it.each<[string, Tampering]>([
    ['nothing', silent],
    ['too late', late(600)],
  ])('when the discovery answers %s', async (_what, tampering) => {
    provider.simulator.tamper('discovery', tampering)
    const hurried = provider.clientWith({}, 300)
    expect(await identify(hurried)).toEqual(failure('unreachable', 'too-slow'))
    provider.simulator.tamper('discovery', null)
    identified(await identify(provider.client))
  })

  it('when the discovery is not reached', async () => {
    const port = await freePort()
    const { clientWith, simulator } = provider
    const discoveryUrl = simulator.discoveryUrl.replace(/:\d+/, `:${port}`)
    expect(await clientWith({ discoveryUrl }).authorizationRequest(redirectUri)).toEqual(
      failure('unreachable', 'unreachable'),
    )
    const nowhere = clientWith({ discoveryUrl: 'http://psc.invalid/.well-known/x', issuer: simulator.issuer })
    expect(await nowhere.authorizationRequest(redirectUri)).toEqual(failure('unreachable', 'unreachable'))
  })

  it('when the discovery is that of another issuer, be it by a slash', async () => {
    const { clientWith, simulator } = provider
    const { issuer } = simulator
    for (const pinned of [`${issuer}/`, issuer.slice(0, -1), issuer.toUpperCase(), 'http://localhost:1/']) {
      expect(await clientWith({ issuer: pinned }).authorizationRequest(redirectUri)).toEqual(
        failure('other-issuer', 'issuer'),
      )
    }
    for (const said of [`${issuer}/`, 'https://ailleurs.invalid']) {
      simulator.tamper('discovery', set('issuer', said))
      expect(await clientWith({}).authorizationRequest(redirectUri)).toEqual(
        failure('other-issuer', 'issuer'),
      )
    }
  })

  it('when the issuer is https and the discovery is not', async () => {
    const { clientWith, simulator } = provider
    const secure = clientWith({ issuer: simulator.issuer.replace('http:', 'https:') })
    expect(await secure.authorizationRequest(redirectUri)).toMatchObject({ kind: 'failed' })
  })

  const needed = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri']
  const notWebAddresses = [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'comptoir:x',
    'ms-msdt:/id',
    'vbscript:x',
    '//localhost/x',
    '/auth',
    'http:',
    'http:///x',
    'java\nscript:alert(1)',
    ' javascript:http://x',
    '',
    null,
    1,
    {},
    ['http://localhost/'],
  ]

  it.each([...needed, 'end_session_endpoint'])('when %s is not a web address', async (member) => {
    for (const url of notWebAddresses) {
      provider.simulator.tamper('discovery', set(member, url))
      expect([url, await provider.client.authorizationRequest(redirectUri)]).toEqual([
        url,
        failure('other-issuer', member),
      ])
      const parameters = { idToken: null, postLogoutRedirectUri: null, state: 'sortie' }
      expect(await provider.client.endSessionUrl(parameters)).toBeNull()
    }
  })

  it.each(needed)('when there is no %s', async (member) => {
    provider.simulator.tamper('discovery', set(member, undefined))
    expect(await provider.client.authorizationRequest(redirectUri)).toEqual(failure('other-issuer', member))
  })
})
