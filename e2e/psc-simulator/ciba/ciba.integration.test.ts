import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instead } from '../answers.ts'
import { cibaGrant } from '../clients.ts'
import { relyingParty, type Json, type JsonAnswer, type RelyingParty } from '../relying-party.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator.ts'

const patricia = '899700261797'
const kit = '899700427885'
const usual = {
  scope: 'openid scope_all',
  acr_values: 'eidas1',
  login_hint: patricia,
  binding_message: '42',
  channel: 'MOBILE',
}

let simulator: Simulator
let party: RelyingParty

async function start(options: SimulatorOptions = {}) {
  simulator = await startSimulator({ cibaInterval: 0.05, ...options })
  party = relyingParty(simulator, simulator.credentials.client_secret_post)
}
beforeEach(() => start())
afterEach(() => simulator.stop())

async function ask(changes: Record<string, string> = {}): Promise<JsonAnswer> {
  const fields = Object.entries({ ...usual, ...changes }).filter(([, value]) => value !== '')
  return party.ask('backchannel_authentication_endpoint', Object.fromEntries(fields))
}

async function asked(changes: Record<string, string> = {}) {
  const { status, body } = await ask(changes)
  expect(status).toBe(200)
  return () => party.token({ grant_type: cibaGrant, auth_req_id: String(body['auth_req_id']) })
}

const idTokenOf = (tokens: Json) => simulator.readIdToken(String(tokens['id_token']))
const interval = () => new Promise((resolve) => setTimeout(resolve, 60))
const waiting = { status: 400, body: { error: 'authorization_pending' } }

describe('an identification without a browser', () => {
  it('is asked on PSC’s path, with PSC’s answer', async () => {
    await simulator.stop()
    await start({ cibaInterval: 1 })
    expect((await party.metadata())['backchannel_authentication_endpoint']).toBe(
      `${simulator.issuer}/protocol/openid-connect/ext/ciba/auth`,
    )
    expect(await ask()).toMatchObject({ status: 200, body: { expires_in: 120, interval: 1 } })
    await simulator.stop()
    await start({ cibaInterval: null })
    expect((await ask()).body).not.toHaveProperty('interval')
  })

  it.each(['CARD', 'MOBILE'] as const)('says who approved on %s, when they did', async (channel) => {
    const poll = await asked({ channel })
    expect(await poll()).toMatchObject(waiting)
    expect(simulator.phone.pending()).toMatchObject([
      { service: 'Comptoir', channel, bindingMessage: '42', identity: { nationalId: patricia } },
    ])
    await simulator.phone.approve(patricia)
    expect(simulator.phone.pending()).toEqual([])
    const { status, body } = await poll()
    expect(status).toBe(200)
    expect(body).toMatchObject({ expires_in: 120, refresh_expires_in: 1800, scope: 'openid scope_all' })
    const claims = idTokenOf(body)
    expect(claims).toMatchObject({ acr: 'eidas1', aud: 'comptoir-post' })
    expect(Math.abs(Number(claims['auth_time']) - Date.now() / 1000)).toBeLessThan(3)
    expect((await party.userinfo(body)).body).toMatchObject({
      sub: claims['sub'],
      SubjectNameID: patricia,
      authMode: channel,
    })
    expect(await poll()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  it('gives a refresh token, and ends with its session', async () => {
    const poll = await asked()
    await simulator.phone.approve(patricia)
    const { body } = await poll()
    const fields = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) }
    const renewed = await party.token(fields)
    expect((await party.userinfo(renewed.body)).status).toBe(200)
    simulator.endAllSessions()
    expect((await party.userinfo(renewed.body)).status).toBe(401)
  })

  it('says the hour of the simulator', async () => {
    simulator.clock(3600)
    const poll = await asked()
    await simulator.phone.approve(patricia)
    const { auth_time: authTime, iat } = idTokenOf((await poll()).body)
    for (const moment of [authTime, iat])
      expect(Math.abs(Number(moment) - 3600 - Date.now() / 1000)).toBeLessThan(3)
  })

  it('is refused by the person', async () => {
    const poll = await asked()
    await simulator.phone.refuse(patricia)
    expect(await poll()).toMatchObject({ status: 400, body: { error: 'access_denied' } })
    await expect(simulator.phone.refuse(patricia)).rejects.toThrow('Nothing is asked')
  })

  it('expires after two minutes', async () => {
    const poll = await asked()
    simulator.clock(121)
    expect(await poll()).toMatchObject({ status: 400, body: { error: 'expired_token' } })
    await expect(simulator.phone.approve(patricia)).rejects.toThrow('Nothing is asked')
  })

  it('is answered for each person alone', async () => {
    const [first, second] = [await asked(), await asked({ login_hint: kit })]
    await simulator.phone.approve(kit)
    expect(await first()).toMatchObject(waiting)
    expect((await second()).status).toBe(200)
  })

  it.each([
    [{ login_hint: '899700999999' }, 'unknown_user_id'],
    [{ login_hint: '' }, 'invalid_request'],
    [{ channel: '' }, 'invalid_request'],
    [{ channel: 'mobile' }, 'invalid_request'],
    [{ binding_message: '' }, 'invalid_binding_message'],
    [{ binding_message: 'bonjour' }, 'invalid_binding_message'],
    [{ scope: '' }, 'invalid_request'],
  ])('is not asked with %o', async (changes, error) => {
    expect(await ask(changes)).toMatchObject({ status: 400, body: { error } })
    expect(simulator.phone.pending()).toEqual([])
  })

  it('is not for a public client, nor for who has another’s request', async () => {
    const poll = await asked()
    const confidential = party
    party = relyingParty(simulator)
    expect(await ask()).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    party = relyingParty(simulator, simulator.credentials.client_secret_basic)
    expect(await poll()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    party = confidential
  })

  it('is not offered by a broker', async () => {
    await simulator.stop()
    await start({ broker: {} })
    expect(await party.metadata()).not.toHaveProperty('backchannel_authentication_endpoint')
  })

  it('is bound to the certificate of its client', async () => {
    await simulator.stop()
    await start({ tls: 'trusted' })
    party = relyingParty(simulator, simulator.credentials.tls_client_auth)
    const poll = await asked()
    await simulator.phone.approve(patricia)
    const { body } = await poll()
    expect((await party.userinfo(body)).status).toBe(200)
    expect((await relyingParty(simulator).userinfo(body)).status).toBe(401)
  })
})

describe('who polls', () => {
  it('too early is told to slow down, by five seconds more', async () => {
    await simulator.stop()
    await start({ cibaInterval: 0.2 })
    const poll = await asked()
    expect(await poll()).toMatchObject(waiting)
    for (let time = 0; time < 2; time += 1) {
      expect(await poll()).toMatchObject({ status: 400, body: { error: 'slow_down' } })
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  })

  it('at the interval is never told so', async () => {
    const poll = await asked()
    for (let time = 0; time < 4; time += 1) {
      expect(await poll()).toMatchObject(waiting)
      await interval()
    }
    expect(simulator.requests('ciba')).toBe(1)
    expect(simulator.requests('token')).toBe(4)
  })
})

describe('a provider that goes wrong', () => {
  it('answers with another person', async () => {
    simulator.phone.setFault({ kind: 'another-person', identity: 'medecin' })
    const poll = await asked()
    await simulator.phone.approve(patricia)
    expect((await party.userinfo((await poll()).body)).body['SubjectNameID']).toBe(kit)
  })

  it('never answers', async () => {
    simulator.phone.setFault({ kind: 'never-answers' })
    const poll = await asked()
    await simulator.phone.approve(patricia)
    expect(await poll()).toMatchObject(waiting)
    simulator.clock(300)
    await interval()
    expect(await poll()).toMatchObject(waiting)
  })

  it('answers anything', async () => {
    simulator.tamper('ciba', instead({ status: 503, body: '{}' }))
    expect((await ask()).status).toBe(503)
  })

  it('expires early', async () => {
    simulator.phone.setFault({ kind: 'expires-early' })
    expect(await (await asked())()).toMatchObject({ status: 400, body: { error: 'expired_token' } })
  })

  it('slows down so many times, then does not', async () => {
    simulator.phone.setFault({ kind: 'slows-down', times: 1 })
    const poll = await asked()
    await simulator.phone.approve(patricia)
    expect(await poll()).toMatchObject({ status: 400, body: { error: 'slow_down' } })
    await new Promise((resolve) => setTimeout(resolve, 5100))
    expect((await poll()).status).toBe(200)
  })
})
