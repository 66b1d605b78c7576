import { beforeEach, describe, expect, it } from 'vitest'
import type { PscAnswer } from '../psc/authentication.ts'
import { failed } from '../psc/failure.ts'
import { identified, quiet, refusalOf, refusedAs, until } from './testing/counter.ts'
import { openRoad, pscModule, type Road } from './testing/road.ts'

let place: Road
beforeEach(async () => {
  place = await openRoad()
})

const by = (authentication = identified()): PscAnswer => ({ kind: 'identified', authentication })
const kinds = async () => (await place.rows()).map(({ kind }) => kind)

describe('an attempt by Pro Santé Connect', () => {
  it('goes out, comes back, is checked, and lets its operator in', async () => {
    await place.begin()
    expect(place.attempt().step).toEqual({ kind: 'browser', deadline: 180_000, failure: null })
    place.web.lastLogin().events.opened(true)
    place.pass(20_000)
    place.web.lastLogin().events.back()
    expect(place.session.connected()).toBeNull()
    place.web.lastLogin().answer(by(identified({ age: 20, returnedAt: 20_000 })))
    await place.at('none')
    expect(place.steps).toEqual(['ask', 'browser', 'checking', 'none'])
    expect(place.session.connected()).toMatchObject({
      operator: { code: '1' },
      means: { kind: 'psc', credential: 'card', inBrowser: true, acr: 'eidas3' },
    })
    expect(place.succeeded).toEqual([
      { purpose: { kind: 'connect' }, operator: place.patricia, idToken: 'id-token' },
    ])
    expect(await kinds()).toEqual(['identification.succeeded', 'session.connected'])
  })

  it('counts from when the browser goes out, not from when the window opened', async () => {
    place.attempts.begin({ kind: 'connect' })
    place.pass(600_000)
    await place.goOut()
    place.web.lastLogin().answer(by(identified({ age: 300, returnedAt: 610_000 })))
    await place.at('wrong-person')
    expect(place.session.connected()).toBeNull()
  })

  it.each([
    ['psc-unavailable', failed('unreachable', 'timeout')],
    ['psc-misconfigured', failed('other-issuer', 'issuer')],
    ['psc-ports-taken', failed('ports-taken', '43110')],
    ['psc-timeout', failed('time-out')],
    ['psc-abandoned', failed('abandoned', 'access_denied')],
    ['psc-error', failed('provider-error', 'server_error')],
    ['psc-invalid', failed('invalid-response', 'nonce')],
    ['psc-level-too-low', failed('level-too-low', 'eidas1')],
    ['psc-no-identifier', failed('no-identifier')],
  ])(
    'that fails asks again, with why and a reference that the journal and the log have (%s)',
    async (code, answer) => {
      await place.begin({ kind: 'open-module', module: pscModule })
      place.web.lastLogin().answer(answer)
      await place.at('ask')
      expect(place.failure()).toMatchObject({ code })
      const { reason, detail } = answer
      expect(await place.rows()).toMatchObject([
        {
          kind: 'identification.failed',
          outcome: 'failed',
          means: 'psc',
          module: 'dmp',
          reference: place.failure()?.reference,
          details: { reason, detail },
        },
      ])
      expect(place.logged).toEqual([place.failure()?.reference])
      expect(place.session.connected()).toBeNull()
      await place.goOut()
      expect(place.stepKind()).toBe('browser')
    },
  )

  it('that fails leaves the session as it was', async () => {
    place.session.admit(place.kit, { kind: 'password' })
    place.session.lock('switch')
    const before = place.session.state()
    await place.begin({ kind: 'switch' })
    place.web.lastLogin().answer(failed('unreachable'))
    await place.at('ask')
    expect(place.session.state()).toBe(before)
  })

  it('that the database refuses asks again, and nobody comes in', async () => {
    await place.begin()
    place.breakAdmissions(new Error('girafe'))
    place.web.lastLogin().answer(by())
    await place.at('ask')
    expect(place.failure()).toMatchObject({ code: 'internal' })
    expect(JSON.stringify(place.failure())).not.toContain('girafe')
    expect(place.logged).toEqual([place.failure()?.reference])
    expect([place.session.connected(), place.succeeded]).toEqual([null, []])
  })
})

describe('cancelling while the browser is out', () => {
  it('gives it up, with its row', async () => {
    await place.begin()
    place.attempts.cancel()
    expect(place.web.lastLogin().cancelled()).toBe(true)
    await quiet()
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.failed', details: { reason: 'cancelled' } },
    ])
    expect(place.attempts.current()).toEqual({ kind: 'none' })
  })

  it.each<[string, PscAnswer]>([
    ['an identity', by()],
    ['a failure', failed('unreachable')],
  ])('makes nothing of the answer that comes afterwards (%s)', async (_, answer) => {
    place.web.let({ hear: false })
    await place.begin()
    place.attempts.cancel()
    const { events, answer: comeBackWith } = place.web.lastLogin()
    events.opened(false)
    events.back()
    comeBackWith(answer)
    await quiet()
    expect(place.attempts.current()).toEqual({ kind: 'none' })
    expect(place.session.connected()).toBeNull()
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.failed', details: { reason: 'cancelled' } },
    ])
  })

  it('is what a second attempt does to the first, which changes nothing any more', async () => {
    place.web.let({ hear: false })
    await place.begin()
    const first = place.id()
    const login = place.web.lastLogin()
    await place.begin({ kind: 'switch' })
    expect([place.id() === first, login.cancelled()]).toEqual([false, true])
    login.answer(by())
    await quiet()
    expect(place.attempt()).toMatchObject({ purpose: { kind: 'switch' }, step: { kind: 'browser' } })
    expect(place.session.connected()).toBeNull()
  })

  it('while the answer is being checked lets nobody in', async () => {
    await place.begin()
    place.web.lastLogin().events.back()
    place.web.lastLogin().answer(by())
    await Promise.resolve()
    place.attempts.cancel()
    await until(() => place.attempts.current().kind === 'none')
    await quiet()
    expect(place.session.connected()).toBeNull()
    expect(await kinds()).not.toContain('session.connected')
  })
})

describe('a browser that does not open', () => {
  it('is told without giving up: the link can be copied, and used', async () => {
    await place.begin()
    place.web.lastLogin().events.opened(false)
    expect(place.attempt().step).toMatchObject({ kind: 'browser', deadline: 180_000 })
    expect(place.failure()).toMatchObject({ code: 'psc-browser-not-opened' })
    expect(await place.lastRow()).toMatchObject({
      kind: 'identification.failed',
      reference: place.failure()?.reference,
      details: { reason: 'browser-not-opened' },
    })
    place.attempts.copyLink(place.id())
    expect(place.copied).toEqual(['https://psc.test/login/1'])
    place.web.lastLogin().answer(by())
    await place.at('none')
    expect(place.session.connected()?.operator.code).toBe('1')
  })

  it('can be opened again, or says why not, with a row of the same reference', async () => {
    await place.begin()
    await place.attempts.reopenBrowser(place.id())
    expect(place.web.lastLogin().reopened()).toBe(1)
    place.web.let({ open: false })
    const refusal = await refusalOf(place.attempts.reopenBrowser(place.id()))
    expect(refusal).toEqual(refusedAs('psc-browser-not-opened'))
    expect(await place.lastRow()).toMatchObject({ reference: refusal.reference })
    expect(place.stepKind()).toBe('browser')
  })

  it('said to be so once it is back changes nothing any more', async () => {
    await place.begin()
    const { events, answer } = place.web.lastLogin()
    events.back()
    answer(by(identified({ age: 600 })))
    await place.at('wrong-person')
    events.opened(false)
    expect(place.stepKind()).toBe('wrong-person')
  })

  it('is no longer told once it has opened', async () => {
    await place.begin()
    place.web.lastLogin().events.opened(false)
    await place.attempts.reopenBrowser(place.id())
    expect(place.failure()).toBeNull()
  })
})
