import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import { cookieJar, signOut } from './agent.ts'
import { instead } from './answers.ts'
import { relyingParty } from './relying-party.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from './simulator.ts'

let simulator: Simulator
afterEach(() => simulator.stop())

async function start(options: SimulatorOptions = {}) {
  simulator = await startSimulator(options)
  const party = relyingParty(simulator)
  const jwksAnswer = async () => fetch(String((await party.metadata())['jwks_uri']))
  return {
    party,
    jwksAnswer,
    jwks: async (): Promise<JSONWebKeySet> => (await jwksAnswer()).json(),
    idToken: async () => String((await party.login({ identity: 'adjointe' }))['id_token']),
  }
}

describe('the keys', () => {
  it.each([true, false])('turn, and the former one is kept or not (%s)', async (keepsFormer) => {
    const { jwks, idToken } = await start()
    const [before, former] = [await jwks(), await idToken()]
    await simulator.rotateKeys({ keepsFormer })
    const [after, latter] = [await jwks(), await idToken()]
    expect(after.keys).toHaveLength(keepsFormer ? 2 : 1)
    expect(decodeProtectedHeader(latter).kid).not.toBe(decodeProtectedHeader(former).kid)
    await jwtVerify(latter, createLocalJWKSet(after))
    await expect(jwtVerify(latter, createLocalJWKSet(before))).rejects.toThrow('no applicable key')
    const again = jwtVerify(former, createLocalJWKSet(after))
    await (keepsFormer ? again : expect(again).rejects.toThrow('no applicable key'))
  })

  it('that turned still end the session of an ID token of the former one', async () => {
    const { party } = await start()
    const cookies = cookieJar()
    const tokens = await party.login({ identity: 'adjointe', cookies })
    await simulator.rotateKeys()
    const url = await party.endSessionUrl({ id_token_hint: String(tokens['id_token']) })
    await signOut(url, cookies).catch(() => undefined)
    expect((await party.userinfo(tokens)).status).toBe(401)
  })
})

it('tells how long its metadata and its keys may be kept, when it is asked to', async () => {
  const { jwksAnswer } = await start({ cacheControl: { discovery: 'max-age=60', jwks: 'no-store' } })
  const discovery = await fetch(simulator.discoveryUrl)
  expect(discovery.headers.get('Cache-Control')).toBe('max-age=60')
  expect((await jwksAnswer()).headers.get('Cache-Control')).toBe('no-store')
  await simulator.stop()
  simulator = await startSimulator()
  expect((await fetch(simulator.discoveryUrl)).headers.has('Cache-Control')).toBe(false)
})

it('counts what it is asked', async () => {
  const { party } = await start()
  expect(simulator.requests('discovery')).toBe(0)
  await party.metadata()
  const tokens = await party.login({ identity: 'adjointe' })
  await party.userinfo(tokens)
  await party.ask('revocation_endpoint', { token: String(tokens['refresh_token']) })
  const endpoints = ['token', 'userinfo', 'jwks', 'revocation', 'ciba', 'end-session'] as const
  expect(endpoints.map(simulator.requests)).toEqual([1, 1, 0, 1, 0, 0])
  expect(simulator.requests('discovery')).toBeGreaterThan(1)
})

it('answers anything to a revocation, which has its effect', async () => {
  const { party } = await start({ tamper: { revocation: instead({ status: 503, body: '{}' }) } })
  const tokens = await party.login({ identity: 'adjointe' })
  const fields = { token: String(tokens['refresh_token']) }
  expect((await party.ask('revocation_endpoint', fields)).status).toBe(503)
  const refreshed = party.token({ grant_type: 'refresh_token', refresh_token: fields.token })
  expect((await refreshed).status).toBe(400)
})

it('takes a client that was not there at the start', async () => {
  await start()
  const redirect_uris = ['http://localhost:43111/psc/retour']
  simulator.register({ client_id: 'nouveau', client_secret: 'secret', redirect_uris })
  const party = relyingParty(simulator, {
    method: 'client_secret_basic',
    clientId: 'nouveau',
    clientSecret: 'secret',
  })
  expect(await party.login({ identity: 'adjointe' })).toHaveProperty('access_token')
})
