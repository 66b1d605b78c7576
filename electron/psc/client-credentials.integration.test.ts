import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Method, type Simulator } from '../../e2e/psc-simulator/simulator.ts'
import { createPscClient } from './client.ts'
import type { ClientCredential } from './credential.ts'
import { credentialOf, type Shape } from './testing/credentials.ts'
import { failure, identified, identify, patricia, providerOf } from './testing/provider.ts'

let simulator: Simulator
afterEach(() => simulator.stop())

const clientWith = (method: Method, credential: ClientCredential) => {
  const { clientId } = simulator.credentials[method]
  return createPscClient(providerOf(simulator, { settings: { clientId }, credential }))
}

const ways: readonly [Method, Shape?][] = [
  ['none'],
  ['client_secret_basic'],
  ['client_secret_post'],
  ['private_key_jwt', 'pem'],
  ['private_key_jwt', 'encrypted-pem'],
]
const certified: readonly [Method, Shape][] = [
  ['tls_client_auth', 'pem'],
  ['tls_client_auth', 'encrypted-pem'],
  ['tls_client_auth', 'p12'],
]

describe.each([
  ['http', {}, ways],
  ['https', { tls: 'trusted' as const }, [...ways, ...certified]],
])('over %s, the client', (_scheme, options, all) => {
  beforeEach(async () => {
    simulator = await startSimulator(options)
  })

  it.each(all)('authenticates itself by %s (%s)', async (method, shape) => {
    const client = clientWith(method, await credentialOf(simulator.credentials[method], shape))
    const person = { ...patricia, ca: simulator.ca }
    expect(identified(await identify(client, person)).identity.lastName).toBe('ADJOINTPHARM')
    expect(identified(await identify(client, person)).identity.lastName).toBe('ADJOINTPHARM')
  })

  it.each<[Method, ClientCredential]>([
    ['client_secret_basic', { kind: 'secret', method: 'client_secret_basic', secret: 'un autre' }],
    ['client_secret_post', { kind: 'secret', method: 'client_secret_post', secret: 'un autre' }],
    ['client_secret_post', { kind: 'none' }],
    ['private_key_jwt', { kind: 'none' }],
    ['none', { kind: 'secret', method: 'client_secret_post', secret: 'de trop' }],
  ])('is not taken for that of %s with %o', async (method, credential) => {
    const person = { ...patricia, ca: simulator.ca }
    expect(await identify(clientWith(method, credential), person)).toEqual(
      failure('credential', 'invalid_client'),
    )
  })

  it.each<Method>(['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'])(
    'posts as itself by %s',
    async (method) => {
      const { clientId } = simulator.credentials[method]
      const credential = await credentialOf(simulator.credentials[method])
      const provider = providerOf(simulator, { settings: { clientId }, credential })
      const config = await provider.configuration()
      const { revocation_endpoint: url = '' } = config.serverMetadata()
      expect((await provider.post(url, { token: 'inconnu' })).status).toBe(200)
      const stranger = providerOf(simulator, {
        settings: { clientId },
        credential: { kind: 'secret', method: 'client_secret_basic', secret: 'un autre' },
      })
      expect((await stranger.post(url, { token: 'inconnu' })).status).toBe(401)
    },
  )
})

describe('the client of a certificate', () => {
  beforeEach(async () => {
    simulator = await startSimulator({ tls: 'trusted' })
  })

  it('is not taken for it without its certificate', async () => {
    const client = clientWith('tls_client_auth', { kind: 'none' })
    expect(await identify(client, { ...patricia, ca: simulator.ca })).toEqual(
      failure('credential', 'invalid_client'),
    )
  })

  it('goes where the provider wants certificates (RFC 8705 §5)', async () => {
    const { token_endpoint } = (await providerOf(simulator).configuration()).serverMetadata()
    simulator.tamper('discovery', {
      answer: (real) => ({
        ...real,
        body: JSON.stringify({
          ...JSON.parse(real.body),
          token_endpoint: `${simulator.url}/nulle-part`,
          mtls_endpoint_aliases: { token_endpoint },
        }),
      }),
    })
    const { tls_client_auth, client_secret_basic } = simulator.credentials
    const person = { ...patricia, ca: simulator.ca }
    identified(await identify(clientWith('tls_client_auth', await credentialOf(tls_client_auth)), person))
    const other = clientWith('client_secret_basic', await credentialOf(client_secret_basic))
    expect(await identify(other, person)).toMatchObject({ kind: 'failed' })
  })
})
