import { once } from 'node:events'
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import { afterEach, describe, expect, it } from 'vitest'
import { late, page } from '../../e2e/psc-simulator/answers.ts'
import { StaysInBrowser } from '../../e2e/psc-simulator/agent.ts'
import { addresses, freePort, freePorts, isFree, take } from './testing/ports.ts'
import { registeredOn } from './testing/registered.ts'
import { startCounter, startLogin, systemBrowser, whoIs, type Counter } from './testing/system-browser.ts'

let counter: Counter
afterEach(() => counter.stop())

describe('an identification in the system browser', () => {
  it('goes out, comes back, and says who it is', async () => {
    const port = await freePort()
    counter = await startCounter([port])
    const { psc, browser } = counter
    const login = startLogin(psc)
    expect(login.link()).toBeNull()
    expect(await login.reopen()).toBe(false)
    expect(await login.out).toBe(true)
    expect(browser.opened).toEqual([login.link()])
    expect(await isFree(port)).toBe(false)
    const page = await browser.visit(browser.opened[0])
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Identification reçue')])
    expect(whoIs(await login.answer)).toBe('ADJOINTPHARM')
    expect(login.told).toEqual(['opened true', 'back'])
    expect(await isFree(port)).toBe(true)
  })

  it('can be opened again, and serves once', async () => {
    counter = await startCounter([await freePort()])
    const { psc, browser } = counter
    const login = startLogin(psc)
    await login.out
    expect(await login.reopen()).toBe(true)
    const [first, second] = browser.opened
    expect(second).toBe(first)
    await browser.visit(second)
    expect(whoIs(await login.answer)).toBe('ADJOINTPHARM')
    await expect(browser.visit(first)).rejects.toThrow('fetch failed')
  })

  it('tells that the person has abandoned', async () => {
    counter = await startCounter([await freePort()])
    const { psc, browser } = counter
    const login = startLogin(psc)
    await login.out
    const back = new URL(browser.opened[0] ?? '')
    const address = new URL(back.searchParams.get('redirect_uri') ?? '')
    address.search = String(
      new URLSearchParams({
        error: 'access_denied',
        state: back.searchParams.get('state') ?? '',
        iss: counter.simulator.issuer,
      }),
    )
    expect(await (await fetch(address)).text()).toContain("n'a pas abouti")
    expect(whoIs(await login.answer)).toBe('abandoned')
  })

  it('does not wait for what the browser keeps open', async () => {
    const port = await freePort()
    counter = await startCounter([port])
    const { psc, browser } = counter
    const login = startLogin(psc)
    await login.out
    // Chromium opens a second connection, for nothing.
    const spare = connect(port, '127.0.0.1')
    await once(spare, 'connect')
    await browser.visit(browser.opened[0])
    const before = performance.now()
    expect(whoIs(await login.answer)).toBe('ADJOINTPHARM')
    const next = startLogin(psc)
    await next.out
    expect(performance.now() - before).toBeLessThan(800)
    next.cancel()
    await next.answer
    spare.destroy()
  })

  it('can be done by its address where no browser opens', async () => {
    counter = await startCounter([await freePort()], {
      openExternal: () => Promise.reject(new Error('No application is registered.')),
    })
    const { psc, browser } = counter
    const login = startLogin(psc)
    expect(await login.out).toBe(false)
    expect(await login.reopen()).toBe(false)
    await browser.visit(login.link() ?? '')
    expect(whoIs(await login.answer)).toBe('ADJOINTPHARM')
    expect(login.told).toEqual(['opened false', 'back'])
  })

  it('does not wait for the system to have opened the browser', async () => {
    counter = await startCounter([await freePort()], { openExternal: () => new Promise(() => undefined) })
    const { psc, browser } = counter
    const login = startLogin(psc)
    await expect.poll(() => browser.opened.length).toBe(1)
    await browser.visit(login.link() ?? '')
    expect(whoIs(await login.answer)).toBe('ADJOINTPHARM')
    expect(login.told).toEqual(['back'])
  })
})

describe('an identification that ends otherwise', () => {
  it('is cancelled while the browser is out, or before', async () => {
    const port = await freePort()
    counter = await startCounter([port])
    const { psc, browser } = counter
    const early = startLogin(psc)
    early.cancel()
    expect(await early.answer).toEqual({ kind: 'cancelled' })
    expect(browser.opened).toEqual([])
    const login = startLogin(psc)
    await login.out
    login.cancel()
    login.cancel()
    expect(await login.answer).toEqual({ kind: 'cancelled' })
    expect(await isFree(port)).toBe(true)
    await expect(browser.visit(browser.opened[0])).rejects.toThrow('fetch failed')
    expect(login.told).toEqual(['opened true'])
  })

  it('is cancelled while its answer is verified', async () => {
    counter = await startCounter([await freePort()])
    const { psc, browser, simulator } = counter
    simulator.tamper('token', late(500))
    const login = startLogin(psc)
    await login.out
    await browser.visit(browser.opened[0])
    await expect.poll(() => login.told).toContain('back')
    login.cancel()
    expect(await login.answer).toEqual({ kind: 'cancelled' })
  })

  it('ends with its time', async () => {
    const port = await freePort()
    counter = await startCounter([port], { timeoutSeconds: 0.2 })
    const { psc, browser } = counter
    const login = startLogin(psc)
    await login.out
    expect(await login.answer).toEqual({ kind: 'failed', reason: 'time-out', detail: '' })
    expect(await isFree(port)).toBe(true)
    await expect(browser.visit(browser.opened[0])).rejects.toThrow('fetch failed')
  })

  it('is left without a word by a broker that keeps its errors: it ends with its time', async () => {
    counter = await startCounter([await freePort()], {
      timeoutSeconds: 0.3,
      broker: { prompt: 'loops', errorsStayOnPage: true },
      settings: { prompt: 'login' },
    })
    const { psc, browser } = counter
    const login = startLogin(psc)
    await login.out
    await expect(browser.visit(browser.opened[0])).rejects.toThrow(StaysInBrowser)
    expect(whoIs(await login.answer)).toBe('time-out')
  })

  it('does not begin when PSC is away', async () => {
    const port = await freePort()
    counter = await startCounter([port], { tamper: { discovery: page(503) } })
    const { psc, browser } = counter
    const login = startLogin(psc)
    expect(await login.answer).toEqual({ kind: 'failed', reason: 'unreachable', detail: 'server-error' })
    expect([login.link(), login.told, browser.opened]).toEqual([null, [], []])
    expect(await isFree(port)).toBe(true)
  })

  it('says which ports are taken', async () => {
    const [first = 0, second = 0] = await freePorts(2)
    counter = await startCounter([first, second])
    const giveBack = await Promise.all([take(first, ...addresses), take(second, '::1')])
    const login = startLogin(counter.psc)
    expect(await login.answer).toEqual({
      kind: 'failed',
      reason: 'ports-taken',
      detail: `${first}, ${second}`,
    })
    expect(counter.browser.opened).toEqual([])
    await Promise.all(giveBack.map((give) => give()))
    const again = startLogin(counter.psc)
    await again.out
    await counter.browser.visit(counter.browser.opened[0])
    expect(whoIs(await again.answer)).toBe('ADJOINTPHARM')
  })
})

describe('two identifications at once', () => {
  it('have two ports, and each its own person', async () => {
    const ports = await freePorts(2)
    counter = await startCounter(ports)
    const { psc, browser } = counter
    const logins = [startLogin(psc), startLogin(psc)]
    await Promise.all(logins.map((login) => login.out))
    const [first, second] = logins.map((login) => login.link() ?? '')
    const asked = [first, second].map((url) => new URL(url ?? '').searchParams.get('redirect_uri'))
    expect(new Set(asked)).toEqual(new Set(registeredOn(ports).redirectUris))
    expect(whoIs(await startLogin(psc).answer)).toBe('ports-taken')
    await systemBrowser().visit(second, 'titulaire')
    await browser.visit(first)
    expect(await Promise.all(logins.map(async (login) => whoIs(await login.answer)))).toEqual([
      'ADJOINTPHARM',
      'TITULAIRE',
    ])
  })
})
