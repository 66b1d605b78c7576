import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signIn } from '../../e2e/psc-simulator/agent.ts'
import { callback } from '../../e2e/psc-simulator/answers.ts'
import type { PscFailureReason } from './failure.ts'
import { failure, identified, identify, patricia, redirectUri, startProvider } from './testing/provider.ts'
import type { Provider } from './testing/provider.ts'

let provider: Provider
beforeEach(async () => {
  provider = await startProvider()
})
afterEach(() => provider.stop())

/** The browser comes back with these parameters changed. */
async function comesBack(change: (parameters: URLSearchParams) => void) {
  provider.simulator.tamper(
    'authorization',
    callback(({ searchParams }) => change(searchParams)),
  )
  return identify(provider.client)
}

const invalid = 'OAUTH_INVALID_RESPONSE'

describe('a browser that comes back', () => {
  it.each(['cancel', 'refuse'] as const)('when the person did %s, has abandoned', async (answer) => {
    const options = { ...patricia, means: 'MOBILE', answer } as const
    expect(await identify(provider.client, options)).toEqual(failure('abandoned', 'access_denied'))
    identified(await identify(provider.client))
  })

  it.each<[string, string]>([
    ['login_required', 'login_required'],
    ['server_error', 'server_error'],
    ['temporarily_unavailable', 'temporarily_unavailable'],
    ['ACCESS_DENIED', 'ACCESS_DENIED'],
    ['<script>alert(1)</script>', 'scriptalert1script'],
    ['"><img src=x onerror=alert(1)>', 'img srcx onerroralert1'],
    ['a\r\nSet-Cookie: b', 'aSet-Cookie: b'],
    ['\u202Ereversed\u0000\u001B[31m', 'reversed31m'],
    ['a'.repeat(5000), 'a'.repeat(60)],
  ])('with the error %j identifies nobody', async (error, detail) => {
    const answer = await comesBack((parameters) => {
      parameters.delete('code')
      parameters.set('error', error)
      parameters.set('error_description', 'Appelez le 08 00 00 00 00')
      parameters.set('error_uri', 'https://ailleurs.invalid')
    })
    expect(answer).toEqual(failure('provider-error', detail))
  })

  it.each<[string, (parameters: URLSearchParams) => void, PscFailureReason, string]>([
    ['of another provider', (p) => p.set('iss', 'https://ailleurs.invalid'), 'invalid-response', invalid],
    ['of nearly the same', (p) => p.set('iss', `${p.get('iss')}/`), 'invalid-response', invalid],
    ['that it does not name', (p) => p.delete('iss'), 'invalid-response', invalid],
    ['named twice', (p) => p.append('iss', 'https://ailleurs.invalid'), 'invalid-response', invalid],
    ['without code', (p) => p.delete('code'), 'invalid-response', invalid],
    ['with two codes', (p) => p.append('code', 'autre'), 'invalid-response', invalid],
    ['with two states', (p) => p.append('state', 'autre'), 'invalid-response', invalid],
    ['with another state', (p) => p.set('state', 'autre'), 'invalid-response', invalid],
    ['without state', (p) => p.delete('state'), 'invalid-response', invalid],
    ['with an error and a code', (p) => p.set('error', 'server_error'), 'provider-error', 'server_error'],
    ['with another code', (p) => p.set('code', 'autre'), 'provider-error', 'invalid_grant'],
    [
      'with an ID token, as no code flow does',
      (p) => p.set('id_token', 'x.y.z'),
      'invalid-response',
      'OAUTH_UNSUPPORTED_OPERATION',
    ],
    ['with a whole response in a JWT', (p) => p.set('response', 'x.y.z'), 'invalid-response', invalid],
  ])('from a provider %s identifies nobody', async (_what, change, reason, detail) => {
    expect(await comesBack(change)).toEqual(failure(reason, detail))
  })

  it('without iss is right where the provider does not announce it, and wrong with another’s', async () => {
    await provider.stop()
    provider = await startProvider({ broker: { noIss: true } })
    identified(await identify(provider.client))
    expect(await comesBack((p) => p.set('iss', 'https://ailleurs.invalid'))).toEqual(
      failure('invalid-response', invalid),
    )
  })

  it('brings a code that serves once', async () => {
    const asked = await provider.client.authorizationRequest(redirectUri)
    if (asked.kind === 'failed') throw new Error(asked.reason)
    const back = new URL(await signIn(asked.request.url, patricia))
    identified(await asked.request.complete(back))
    expect(await asked.request.complete(back)).toEqual(failure('provider-error', 'invalid_grant'))
  })

  it('brings the code of somebody else’s browser in vain', async () => {
    const [mine, theirs] = [
      await provider.client.authorizationRequest(redirectUri),
      await provider.clientWith({}).authorizationRequest(redirectUri),
    ]
    if (mine.kind === 'failed' || theirs.kind === 'failed') throw new Error('No request.')
    const back = new URL(await signIn(theirs.request.url, { identity: 'titulaire' }))
    back.searchParams.set('state', mine.request.state)
    expect(await mine.request.complete(back)).toEqual(failure('provider-error', 'invalid_grant'))
  })
})
