import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLoopback, type Loopback } from './loopback.ts'
import { ask, askRaw } from './testing/ask.ts'
import { addresses, freePort } from './testing/ports.ts'
import { pages, registeredOn } from './testing/registered.ts'

const state = 'Zm9ydHVpdA-etat_de_la_demande'
const right = `/psc/retour?code=c0de&state=${state}`

let port: number
let loopback: Loopback
let arrived: URL[]
beforeEach(async () => {
  port = await freePort()
  const opened = await openLoopback(registeredOn([port]), pages)
  if (opened === null) throw new Error('The port was taken meanwhile.')
  loopback = opened
  arrived = []
  void loopback.returned(state).then((url) => arrived.push(url))
})
afterEach(() => loopback.close())

/** What is refused ends nothing: the right return still arrives. */
async function stillWaits(): Promise<void> {
  expect(arrived).toEqual([])
  expect((await ask(port, { path: right })).status).toBe(200)
  expect(arrived.map(String)).toEqual([`http://localhost:${port}${right}`])
}

describe('the return of the browser', () => {
  it.each(addresses)('is received on %s', async (address) => {
    expect((await ask(port, { path: right, address })).status).toBe(200)
    expect(arrived.map(String)).toEqual([`http://localhost:${port}${right}`])
    expect(loopback.redirectUri).toBe(`http://localhost:${port}/psc/retour`)
  })

  it('is received once', async () => {
    await ask(port, { path: right })
    expect((await ask(port, { path: right })).status).toBe(400)
    expect(arrived).toHaveLength(1)
  })

  it('is received with the error that the provider gives instead of a code', async () => {
    const answer = await ask(port, { path: `/psc/retour?error=access_denied&state=${state}` })
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining("n'a pas abouti") })
    expect(arrived).toHaveLength(1)
  })

  it.each(['POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('is not a %s', async (method) => {
    const { status, headers } = await ask(port, { method, path: right })
    expect([status, headers.allow]).toEqual([405, 'GET'])
    await stillWaits()
  })

  it.each([
    '/',
    '/psc/retour/',
    '/psc/Retour',
    '/PSC/retour',
    '/psc//retour',
    '//psc/retour',
    '/psc/./retour',
    '/psc/autre/../retour',
    '/psc/%2e/retour',
    '/psc/retou%72',
    '/psc%2Fretour',
    '/psc\\retour',
    '/psc/retour#',
    '/psc/retour;x',
    '/psc/retour.html',
    '/psc',
    '/favicon.ico',
    '*',
  ])('is not at %s', async (path) => {
    expect((await ask(port, { path: `${path}?code=c0de&state=${state}` })).status).toBe(404)
    await stillWaits()
  })

  it('has one state, which is the right one', async () => {
    for (const query of [
      '',
      '?code=c0de',
      '?code=c0de&state',
      '?code=c0de&state=',
      '?code=c0de&state=autre',
      `?code=c0de&state=${state}x`,
      `?code=c0de&state=${state.slice(0, -1)}`,
      `?code=c0de&state=${state.toUpperCase()}`,
      `?code=c0de&state=${state}&state=${state}`,
      `?code=c0de&state=${state}&state=autre`,
      `?code=c0de&state=autre&state=${state}`,
      `?code=c0de&State=${state}`,
      `?code=c0de&state[]=${state}`,
      `?code=c0de&state=${'é'.repeat(state.length)}`,
      `?error=access_denied`,
    ]) {
      expect([query, (await ask(port, { path: `/psc/retour${query}` })).status]).toEqual([query, 400])
    }
    await stillWaits()
  })

  it('bears the state of the request that is waited for, not of the one before', async () => {
    void loopback.returned('suivant').then((url) => arrived.push(url))
    expect((await ask(port, { path: right })).status).toBe(400)
    expect((await ask(port, { path: '/psc/retour?code=c0de&state=suivant' })).status).toBe(200)
    expect(arrived).toHaveLength(1)
  })
})

describe('the name by which the browser comes', () => {
  it.each([
    (port: number) => `127.0.0.1:${port}`,
    (port: number) => `[::1]:${port}`,
    (port: number) => `localhost:${port + 1}`,
    () => 'localhost',
    (port: number) => `LOCALHOST:${port}`,
    (port: number) => `localhost.:${port}`,
    (port: number) => `attaquant.invalid:${port}`,
    (port: number) => `localhost:${port}, attaquant.invalid`,
    (port: number) => `localhost:${port}@attaquant.invalid`,
    () => '',
  ])('is that of the registered address, not %s', async (host) => {
    expect((await ask(port, { path: right, headers: { Host: host(port) } })).status).toBe(421)
    await stillWaits()
  })

  it('is given', async () => {
    expect(await askRaw(port, `GET ${right} HTTP/1.1\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /)
    expect(await askRaw(port, `GET ${right} HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 421 /)
    await stillWaits()
  })

  it.each([
    `http://attaquant.invalid${right}`,
    `https://attaquant.invalid${right}`,
    `//attaquant.invalid${right}`,
    `/\\attaquant.invalid${right}`,
    `http://[${right}`,
  ])('is not said otherwise by the request target %s', async (path) => {
    expect((await ask(port, { path })).status).toBe(404)
    await stillWaits()
  })
})

describe('the return from a logout', () => {
  it('is told when it bears its state', async () => {
    let told = 0
    void loopback.loggedOut('sortie').then(() => (told += 1))
    for (const query of ['', '?state=', '?state=autre', '?state=sortie&state=sortie']) {
      const { status, body } = await ask(port, { path: `/psc/deconnexion${query}` })
      expect([status, body.includes('Session Pro Santé Connect terminée')]).toEqual([200, true])
    }
    expect(told).toBe(0)
    await ask(port, { path: '/psc/deconnexion?state=sortie' })
    await ask(port, { path: '/psc/deconnexion?state=sortie' })
    expect(told).toBe(1)
    await stillWaits()
  })

  it('is not the return of an identification, whatever its state', async () => {
    await ask(port, { path: `/psc/deconnexion?code=c0de&state=${state}` })
    expect((await ask(port, { path: '/psc/deconnexion/' })).status).toBe(404)
    expect((await ask(port, { path: '/psc/deconnexion', method: 'POST' })).status).toBe(405)
    await stillWaits()
  })

  it('is not listened to where no address is registered for it', async () => {
    await loopback.close()
    const opened = await openLoopback({ ...registeredOn([port]), postLogoutRedirectUris: [] }, pages)
    expect(opened?.postLogoutRedirectUri).toBeNull()
    expect((await ask(port, { path: '/psc/deconnexion?state=sortie' })).status).toBe(404)
    await opened?.close()
  })
})
