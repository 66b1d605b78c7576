import { beforeEach, describe, expect, it } from 'vitest'
import type { Authentication, PscAnswer } from '../psc/authentication.ts'
import { identified, kitsRpps, newRpps, quiet, refusalOf, right, until } from './testing/counter.ts'
import { openRoad, timeoutSeconds, type Road } from './testing/road.ts'

let place: Road
beforeEach(async () => {
  place = await openRoad()
})

const by = (authentication = identified()): PscAnswer => ({ kind: 'identified', authentication })

/** Somebody comes back who had been identified ten minutes before. */
async function comesBack(more: Partial<Authentication> = {}): Promise<void> {
  place.web.lastLogin().answer(by({ ...identified({ age: 600, idToken: 'patricias' }), ...more }))
  await place.at('wrong-person')
}
const kitComes = () =>
  by(identified({ identity: { rpps: kitsRpps, firstName: 'KIT', lastName: 'DOC0042788', professions: [] } }))

describe('« Est-ce bien vous ? »', () => {
  beforeEach(async () => {
    await place.begin()
    await comesBack()
  })

  it('lets nobody in by itself, nor by « Oui »: the password is awaited', async () => {
    expect(place.attempt().step).toMatchObject({ operator: { code: '1' }, password: false })
    await place.attempts.answerWrongPerson(place.id(), 'yes')
    expect(place.attempt().step).toMatchObject({ kind: 'wrong-person', password: true })
    await quiet()
    expect([place.session.connected(), await place.rows()]).toEqual([null, []])
  })

  it('lets in whoever has the password of that operator, by Pro Santé Connect', async () => {
    await place.attempts.answerWrongPerson(place.id(), 'yes')
    await place.attempts.confirmPerson(place.id(), right)
    expect(place.session.connected()).toMatchObject({ operator: { code: '1' }, means: { kind: 'psc' } })
    expect(place.session.connected()?.untilMonotonic).toBe(4 * 3_600_000 - 600_000)
    expect(place.attempts.current()).toEqual({ kind: 'none' })
    expect(place.succeeded).toMatchObject([{ operator: { code: '1' }, idToken: 'patricias' }])
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.succeeded', means: 'psc', details: { confirmedBy: 'password' } },
      { kind: 'session.connected', means: 'psc' },
    ])
  })

  it('changes nothing at a wrong password, which counts as a failure', async () => {
    await place.attempts.answerWrongPerson(place.id(), 'yes')
    const before = place.attempt()
    const refusal = await refusalOf(place.attempts.confirmPerson(place.id(), 'faux'))
    expect(refusal.code).toBe('wrong-credentials')
    expect(await place.lastRow()).toMatchObject({ operatorCode: '1', reference: refusal.reference })
    expect(place.attempt()).toBe(before)
    expect(place.session.connected()).toBeNull()
    await place.fail('1', 4)
    expect(await place.throttle.verdict('1')).toMatchObject({ kind: 'wait' })
  })

  it('does not lift a block by its password', async () => {
    await place.fail('1', 10)
    await place.attempts.answerWrongPerson(place.id(), 'yes')
    expect(await refusalOf(place.attempts.confirmPerson(place.id(), right))).toMatchObject({
      code: 'blocked',
    })
    expect(place.session.connected()).toBeNull()
  })

  it.each(['another', 'no'])('lets nobody in who has %s RPPS by now', async (which) => {
    await place.attempts.answerWrongPerson(place.id(), 'yes')
    await place.giveRpps(place.patricia, which === 'no' ? null : newRpps)
    const refusal = await refusalOf(place.attempts.confirmPerson(place.id(), right))
    expect(refusal.code).toBe('attempt-over')
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.refused', reference: refusal.reference, details: { reason: 'other-rpps' } },
    ])
    expect(place.session.connected()).toBeNull()
  })

  it('is forgotten when nobody answers, with a row', async () => {
    await place.attempts.answerWrongPerson(place.id(), 'yes')
    place.pass(timeoutSeconds * 1000 - 1)
    expect(place.stepKind()).toBe('wrong-person')
    place.pass(1)
    expect(place.attempt().step).toMatchObject({ kind: 'ask', failure: { code: 'psc-expired' } })
    expect(await place.lastRow()).toMatchObject({
      kind: 'identification.failed',
      reference: place.failure()?.reference,
      details: { reason: 'expired' },
    })
    expect(await refusalOf(place.attempts.confirmPerson(place.id(), right))).toMatchObject({
      code: 'attempt-over',
    })
    expect(place.session.connected()).toBeNull()
  })

  it('expires in no later attempt', async () => {
    place.attempts.begin({ kind: 'switch' })
    place.pass(timeoutSeconds * 1000)
    expect(place.attempt().step).toEqual({ kind: 'ask', failure: null })
    expect(await place.rows()).toMatchObject([{ details: { reason: 'cancelled' } }])
  })
})

const deny = async (logouts: number) => {
  await place.attempts.answerWrongPerson(place.id(), 'no')
  await until(() => place.web.logouts.length === logouts)
}

describe('« Non, ce n’est pas moi »', () => {
  beforeEach(async () => {
    await place.begin()
    await comesBack()
  })
  it('ends the session in the browser, with a row, then goes out again by itself at its return', async () => {
    await deny(1)
    expect(place.attempt().step).toEqual({ kind: 'leaving', restart: 'by-itself' })
    expect(place.web.lastLogout().idToken).toBe('patricias')
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.denied', outcome: 'refused', operatorCode: '1', means: 'psc' },
    ])
    await quiet()
    expect(place.web.logins).toHaveLength(1)
    place.web.lastLogout().comeBack()
    await place.at('browser')
    await until(() => place.web.logins.length === 2)
    expect(place.web.lastLogout().closed()).toBe(true)
    expect(place.session.connected()).toBeNull()
  })

  it('lets in whoever comes then, freshly', async () => {
    await place.giveRpps(place.kit, kitsRpps)
    await deny(1)
    place.web.lastLogout().comeBack()
    await until(() => place.web.logins.length === 2)
    place.web.lastLogin().answer(kitComes())
    await place.at('none')
    expect(place.session.connected()?.operator.code).toBe('2')
  })

  it('does not wait for a browser that never returns: it goes out when it is said', async () => {
    await deny(1)
    place.attempts.restartPsc(place.id())
    await until(() => place.web.logins.length === 2)
    expect(place.web.lastLogout().closed()).toBe(true)
    place.web.lastLogout().comeBack()
    await quiet()
    expect(place.web.logins).toHaveLength(2)
  })

  it('answered a second time goes out only when it is said', async () => {
    await deny(1)
    place.web.lastLogout().comeBack()
    await until(() => place.web.logins.length === 2)
    await comesBack()
    await deny(2)
    expect(place.attempt().step).toEqual({ kind: 'leaving', restart: 'by-hand' })
    place.web.lastLogout().comeBack()
    await quiet()
    expect([place.stepKind(), place.web.logins.length]).toEqual(['leaving', 2])
    place.attempts.restartPsc(place.id())
    await until(() => place.web.logins.length === 3)
    expect(place.stepKind()).toBe('browser')
  })

  it('asks to close the browser where its session cannot be ended', async () => {
    place.web.let({ logOut: false })
    await place.attempts.answerWrongPerson(place.id(), 'no')
    await until(() => place.attempt().step.kind === 'leaving')
    await quiet()
    expect(place.attempt().step).toEqual({ kind: 'leaving', restart: 'by-hand' })
    expect(place.web.logins).toHaveLength(1)
    place.attempts.restartPsc(place.id())
    await until(() => place.web.logins.length === 2)
  })

  it('said before the browser is out does not call back an attempt that has gone out again', async () => {
    place.web.let({ logOut: false })
    await place.attempts.answerWrongPerson(place.id(), 'no')
    place.attempts.restartPsc(place.id())
    await quiet()
    expect([place.stepKind(), place.web.logins.length]).toEqual(['browser', 2])
  })

  it('expires no longer, and cancelled while it leaves goes nowhere', async () => {
    await deny(1)
    place.pass(timeoutSeconds * 1000)
    expect(place.stepKind()).toBe('leaving')
    place.attempts.cancel()
    expect(place.web.lastLogout().closed()).toBe(true)
    place.web.lastLogout().comeBack()
    await quiet()
    expect([place.stepKind(), place.web.logins.length]).toEqual(['none', 1])
  })
})
