import { createPrivateKey, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fetchWith } from './fetch.ts'
import { relyingParty, type Json } from './relying-party.ts'
import { startSimulator, type Method, type Simulator } from './simulator.ts'
import { simulatedAuthority, type Quality } from './tls/authority.ts'

const patricia = { identity: 'adjointe' } as const
const refused: readonly Quality[] = ['unknown-authority', 'expired', 'other-name']
const always: readonly Method[] = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt']

let simulator: Simulator
afterEach(() => simulator.stop())

async function everything(method: Method) {
  const party = relyingParty(simulator, simulator.credentials[method])
  const tokens = await party.login(patricia)
  const renewed = await party.token({
    grant_type: 'refresh_token',
    refresh_token: String(tokens['refresh_token']),
  })
  const userinfo = await party.userinfo(renewed.body)
  const revoked = await party.ask('revocation_endpoint', { token: String(renewed.body['refresh_token']) })
  return [renewed.status, userinfo.status, userinfo.body['SubjectNameID'], revoked.status]
}

describe.each([undefined, 'trusted'] as const)('clients, over http or https (%s)', (tls) => {
  beforeEach(async () => {
    simulator = await startSimulator(tls === undefined ? {} : { tls })
  })

  it.each(tls === undefined ? always : [...always, 'tls_client_auth' as const])(
    'authenticate themselves by %s',
    async (method) => {
      expect(await everything(method)).toEqual([200, 200, '899700261797', 200])
    },
  )

  it('are refused with the credential of another', async () => {
    const {
      client_secret_basic: basic,
      client_secret_post: post,
      private_key_jwt: jwt,
    } = simulator.credentials
    const { client_secret_basic: stranger } = (await anotherRun()).credentials
    const wrong = [
      { ...basic, clientSecret: stranger.clientSecret },
      { ...post, clientSecret: basic.clientSecret },
      { ...basic, clientId: post.clientId },
      { ...jwt, clientId: 'comptoir' },
      { method: 'none', clientId: basic.clientId } as const,
    ]
    for (const credential of wrong)
      await expect(relyingParty(simulator, credential).login(patricia)).rejects.toThrow('invalid_client')
  })

  it('have assertions of the provider’s time only', async () => {
    const party = relyingParty(simulator, simulator.credentials.private_key_jwt)
    for (const offset of [-120, 120]) {
      simulator.clock(offset)
      await expect(party.login(patricia)).rejects.toThrow('invalid_client')
    }
  })
})

async function anotherRun(): Promise<Simulator> {
  const other = await startSimulator()
  await other.stop()
  return other
}

describe('a certificate of the client', () => {
  beforeEach(async () => {
    simulator = await startSimulator({ tls: 'trusted' })
  })

  it.each(refused)('is refused: %s', async (quality) => {
    const { cert, key } = (await simulatedAuthority()).client(quality)
    const { tls_client_auth: own } = simulator.credentials
    const party = relyingParty(simulator, { ...own, certificate: cert, key: { ...own.key, pem: key } })
    await expect(party.login(patricia)).rejects.toThrow('invalid_client')
  })

  it('is needed to use the tokens it was shown for', async () => {
    const { tls_client_auth: own, private_key_jwt: other } = simulator.credentials
    const tokens: Json = await relyingParty(simulator, own).login(patricia)
    expect((await relyingParty(simulator, other).userinfo(tokens)).status).toBe(401)
  })

  it('comes as PEM, under a passphrase and as P12', () => {
    const { certificate, key, p12 } = simulator.credentials.tls_client_auth
    expect(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key.pem))).toBe(true)
    const opened = createPrivateKey({ key: key.encryptedPem, passphrase: key.passphrase })
    expect(opened.equals(createPrivateKey(key.pem))).toBe(true)
    expect(() => createPrivateKey({ key: key.encryptedPem, passphrase: 'autre' })).toThrow()
    createSecureContext({ pfx: p12.content, passphrase: p12.password })
    expect(() => createSecureContext({ pfx: p12.content, passphrase: 'autre' })).toThrow('mac verify failure')
  })
})

describe('the certificate of the simulator', () => {
  it.each([
    ['unknown-authority', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['expired', 'CERT_HAS_EXPIRED'],
    ['other-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('is not one to trust: %s', async (tls, code) => {
    simulator = await startSimulator({ tls })
    const asked = fetchWith({ ca: simulator.ca }, simulator.discoveryUrl)
    await expect(asked).rejects.toMatchObject({ code })
  })

  it('is to be trusted by its authority alone', async () => {
    simulator = await startSimulator({ tls: 'trusted' })
    expect((await fetchWith({ ca: simulator.ca }, simulator.discoveryUrl)).status).toBe(200)
    await expect(fetchWith({}, simulator.discoveryUrl)).rejects.toThrow()
  })
})

describe('the metadata', () => {
  it.each([undefined, 'trusted'] as const)('say what PSC’s say (%s)', async (tls) => {
    simulator = await startSimulator(tls === undefined ? {} : { tls })
    const metadata = await relyingParty(simulator).metadata()
    expect(metadata).toMatchObject({
      token_endpoint_auth_methods_supported: [
        'client_secret_basic',
        'client_secret_post',
        'client_secret_jwt',
        'private_key_jwt',
        ...(tls === undefined ? [] : ['tls_client_auth']),
      ],
      backchannel_authentication_endpoint: `${simulator.issuer}/protocol/openid-connect/ext/ciba/auth`,
      backchannel_token_delivery_modes_supported: ['poll', 'ping'],
      code_challenge_methods_supported: ['plain', 'S256'],
      tls_client_certificate_bound_access_tokens: true,
    })
    expect(metadata).toHaveProperty('pushed_authorization_request_endpoint')
  })
})

describe('the addresses of the clients', () => {
  it('are those that were asked for', async () => {
    const redirectUris = ['http://localhost:50123/retour']
    simulator = await startSimulator({ redirectUris, postLogoutRedirectUris: [] })
    const party = relyingParty(simulator, simulator.credentials.client_secret_post)
    const url = await party.authorizationUrl({ redirect_uri: 'http://localhost:50123/retour' })
    expect((await fetchWith({}, url)).status).toBe(303)
    expect((await fetchWith({}, await party.authorizationUrl())).status).toBe(400)
  })
})
