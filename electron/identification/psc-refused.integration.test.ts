import { beforeEach, describe, expect, it } from 'vitest'
import type { PscAnswer } from '../psc/authentication.ts'
import { failed } from '../psc/failure.ts'
import { identified, kitsRpps, newRpps, quiet, right, until } from './testing/counter.ts'
import { openRoad, pscModule, type Road } from './testing/road.ts'

let place: Road
beforeEach(async () => {
  place = await openRoad()
})

const by = (authentication = identified()): PscAnswer => ({ kind: 'identified', authentication })

const refusedAt = async (code: string) => {
  await place.at('ask')
  expect(place.failure()).toMatchObject({ code })
  expect(await place.lastRow()).toMatchObject({
    kind: 'identification.refused',
    reference: place.failure()?.reference,
  })
}

describe('somebody who is refused', () => {
  it('leaves the browser before it is sent out again', async () => {
    await place.suspend(place.patricia)
    await place.begin()
    place.web.lastLogin().answer(by(identified({ idToken: 'patricias' })))
    await refusedAt('suspended')
    place.attempts.startPsc(place.id())
    expect(place.attempt().step).toEqual({ kind: 'leaving', restart: 'by-itself' })
    await until(() => place.web.logouts.length === 1)
    expect(place.web.lastLogout().idToken).toBe('patricias')
    expect(place.web.logins).toHaveLength(1)
    place.web.lastLogout().comeBack()
    await place.at('browser')
    await until(() => place.web.logins.length === 2)
    place.web.lastLogin().answer(failed('abandoned'))
    await place.at('ask')
    await place.goOut()
    expect(place.web.logouts).toHaveLength(1)
  })

  it('leaves the browser too before « Mot de passe oublié ? » sends it out', async () => {
    place.attempts.begin({ kind: 'connect' })
    await place.goOut('forgottenPassword')
    place.web.lastLogin().answer(by(identified({ age: 600 })))
    await refusedAt('psc-not-fresh')
    place.attempts.forgottenPassword(place.id())
    await quiet()
    expect(place.stepKind()).toBe('leaving')
  })

  it('is anybody else than whom a step-up awaits: the session stays as it was', async () => {
    await place.giveRpps(place.kit, kitsRpps)
    place.session.admit(place.patricia, { kind: 'password' })
    const before = place.session.state()
    await place.begin({ kind: 'step-up', module: pscModule, operator: place.patricia })
    place.web.lastLogin().answer(by(identified({ identity: { rpps: kitsRpps } })))
    await refusedAt('psc-other-rpps')
    expect(place.session.state()).toBe(before)
    await place.goOutAfterLeaving()
    place.web.lastLogin().answer(by(identified({ identity: { rpps: newRpps } })))
    await refusedAt('psc-other-rpps')
    expect(place.session.state()).toBe(before)
    await place.goOutAfterLeaving()
    place.web.lastLogin().answer(by())
    await place.at('none')
    expect(place.session.connected()).toMatchObject({ operator: { code: '1' }, means: { kind: 'psc' } })
    expect(place.succeeded).toMatchObject([{ purpose: { kind: 'step-up' } }])
  })

  it('without the role of the module does not come in by it', async () => {
    await place.giveRpps(place.kit, kitsRpps)
    await place.begin({ kind: 'open-module', module: pscModule })
    place.web.lastLogin().answer(by(identified({ identity: { rpps: kitsRpps } })))
    await refusedAt('role-not-allowed')
    expect([place.session.connected(), place.succeeded]).toEqual([null, []])
  })
})

describe('a password where Pro Santé Connect is asked for', () => {
  it('opens nothing', async () => {
    place.attempts.begin({ kind: 'open-module', module: pscModule })
    await expect(place.attempts.submit(place.id(), '1', right)).rejects.toThrow()
    expect(place.succeeded).toEqual([])
  })

  it('is not a step-up', async () => {
    place.session.admit(place.patricia, { kind: 'password' })
    place.attempts.begin({ kind: 'step-up', module: pscModule, operator: place.patricia })
    await expect(place.attempts.submit(place.id(), '1', right)).rejects.toThrow()
    expect(place.succeeded).toEqual([])
  })
})

describe('a call for another attempt, or for another step', () => {
  it.each<[string, (id: number) => unknown]>([
    ['startPsc', (id) => place.attempts.startPsc(id)],
    ['reopenBrowser', (id) => place.attempts.reopenBrowser(id)],
    ['copyLink', (id) => place.attempts.copyLink(id)],
    ['answerWrongPerson', (id) => place.attempts.answerWrongPerson(id, 'yes')],
    ['answerWrongPerson', (id) => place.attempts.answerWrongPerson(id, 'no')],
    ['confirmPerson', (id) => place.attempts.confirmPerson(id, right)],
    ['restartPsc', (id) => place.attempts.restartPsc(id)],
    ['associate', (id) => place.attempts.associate(id, '2', right)],
    ['confirmAssociation', (id) => place.attempts.confirmAssociation(id, null)],
    ['forgottenPassword', (id) => place.attempts.forgottenPassword(id)],
    ['setForgottenPassword', (id) => place.attempts.setForgottenPassword(id, right)],
    ['submit', (id) => place.attempts.submit(id, '1', right)],
  ])('%s is refused, and changes nothing', async (name, call) => {
    const over = { code: 'attempt-over' }
    const calling = async (id: number) => call(id)
    await expect(calling(0)).rejects.toMatchObject(over)
    await place.begin()
    const before = place.attempt()
    await expect(calling(before.id + 1)).rejects.toMatchObject(over)
    if (name !== 'reopenBrowser' && name !== 'copyLink')
      await expect(calling(before.id)).rejects.toMatchObject(over)
    expect(place.attempt()).toBe(before)
    place.web.lastLogin().answer(failed('unreachable'))
    await place.at('ask')
    const asking = place.attempt()
    const fitting = ['startPsc', 'forgottenPassword', 'submit']
    if (!fitting.includes(name)) await expect(calling(asking.id)).rejects.toMatchObject(over)
    expect(place.attempt()).toBe(asking)
    expect([place.session.connected(), place.web.logins.length]).toEqual([null, 1])
  })
})
