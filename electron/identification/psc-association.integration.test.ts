import { beforeEach, describe, expect, it } from 'vitest'
import type { PscAnswer } from '../psc/authentication.ts'
import { failed } from '../psc/failure.ts'
import { identified, kitsRpps, newRpps, refusalOf, right, until } from './testing/counter.ts'
import { openRoad, pscModule, timeoutSeconds, type Road } from './testing/road.ts'

let place: Road
beforeEach(async () => {
  place = await openRoad()
})

const by = (authentication = identified()): PscAnswer => ({ kind: 'identified', authentication })
const kinds = async () => (await place.rows()).map(({ kind }) => kind)
const kit = identified({
  identity: { rpps: kitsRpps, firstName: 'KIT', lastName: 'DOC0042788', professions: [] },
})
const kitComes = () => by(kit)

const associating = async () => {
  await place.begin()
  place.web.lastLogin().answer(kitComes())
  await place.at('association')
}

describe('an RPPS of nobody', () => {
  it('is told with a reference that the journal has', async () => {
    await associating()
    const { step } = place.attempt()
    expect(await place.rows()).toMatchObject([
      {
        kind: 'identification.refused',
        operatorId: null,
        means: 'psc',
        reference: 'asserted' in step ? step.asserted.reference : '',
        details: { ...kit.trace, reason: 'unknown-rpps' },
      },
    ])
  })

  it('is given to its operator by their password, then by their confirmation', async () => {
    await associating()
    await place.attempts.associate(place.id(), '2', right)
    expect(place.attempt().step).toMatchObject({
      kind: 'association-confirm',
      claim: { operator: { code: '2' }, namesDiffer: false, authorisation: false },
    })
    expect([place.session.connected(), await kinds()]).toEqual([null, ['identification.refused']])
    await place.attempts.confirmAssociation(place.id(), null)
    expect(place.session.connected()).toMatchObject({
      operator: { code: '2', rpps: kitsRpps },
      means: { kind: 'psc' },
    })
    expect(place.succeeded).toMatchObject([{ operator: { code: '2' }, idToken: 'id-token' }])
    expect((await kinds()).slice(1)).toEqual([
      'operator.rpps-linked',
      'identification.succeeded',
      'session.connected',
    ])
  })

  it('stays to be given after a wrong password', async () => {
    await associating()
    const before = place.attempt()
    expect(await refusalOf(place.attempts.associate(place.id(), '2', 'faux'))).toMatchObject({
      code: 'wrong-credentials',
    })
    expect(place.attempt()).toBe(before)
  })

  it('not fresh, is asked about first', async () => {
    await place.begin()
    place.web.lastLogin().answer(by(identified({ age: 600, identity: { rpps: kitsRpps } })))
    await place.at('wrong-person')
    expect(place.attempt().step).toMatchObject({ operator: null })
    expect(await refusalOf(place.attempts.confirmPerson(place.id(), right))).toMatchObject({
      code: 'attempt-over',
    })
    await place.attempts.answerWrongPerson(place.id(), 'yes')
    expect(place.stepKind()).toBe('association')
  })

  it('is forgotten when nobody goes on, at either step', async () => {
    await associating()
    place.pass((timeoutSeconds - 1) * 1000)
    await place.attempts.associate(place.id(), '2', right)
    place.pass((timeoutSeconds - 1) * 1000)
    expect(place.stepKind()).toBe('association-confirm')
    place.pass(1000)
    expect(place.attempt().step).toMatchObject({ kind: 'ask', failure: { code: 'psc-expired' } })
    expect((await place.operators.byId(place.kit.id))?.rpps).toBeNull()
  })

  it('is given to nobody when the attempt was cancelled meanwhile', async () => {
    await associating()
    const id = place.id()
    const claiming = place.attempts.associate(id, '2', right)
    place.attempts.cancel()
    expect(await refusalOf(claiming)).toMatchObject({ code: 'attempt-over' })
    expect([place.session.connected(), place.attempts.current()]).toEqual([null, { kind: 'none' }])
  })

  it('is given in a step-up to the operator who is awaited only', async () => {
    place.session.admit(place.titulaire, { kind: 'password' })
    const before = place.session.state()
    await place.begin({ kind: 'step-up', module: pscModule, operator: place.titulaire })
    place.web.lastLogin().answer(kitComes())
    await place.at('association')
    expect(await refusalOf(place.attempts.associate(place.id(), '2', right))).toMatchObject({
      code: 'other-operator-expected',
    })
    expect(place.session.state()).toBe(before)
  })
})

describe('« Mot de passe oublié ? »', () => {
  beforeEach(async () => {
    place.attempts.begin({ kind: 'connect' })
    await place.goOut('forgottenPassword')
  })

  it('lets a fresh identity choose another, and in', async () => {
    place.web.lastLogin().answer(by())
    await place.at('new-password')
    expect([place.session.connected(), await place.rows()]).toEqual([null, []])
    await place.attempts.setForgottenPassword(place.id(), 'tunnel moutarde girafe')
    expect(place.session.connected()).toMatchObject({ operator: { code: '1' }, means: { kind: 'psc' } })
    expect(await kinds()).toContain('operator.password-changed')
  })

  it('refuses a weak password, and the step stays', async () => {
    place.web.lastLogin().answer(by())
    await place.at('new-password')
    const before = place.attempt()
    expect(await refusalOf(place.attempts.setForgottenPassword(place.id(), 'faible'))).toMatchObject({
      code: 'weak-password',
    })
    expect(place.attempt()).toBe(before)
    expect([place.session.connected(), await place.rows()]).toEqual([null, []])
  })

  it('refuses an identity that is not fresh', async () => {
    place.web.lastLogin().answer(by(identified({ age: 600 })))
    await place.at('ask')
    expect(place.failure()).toMatchObject({ code: 'psc-not-fresh' })
  })

  it('is forgotten when nobody goes on', async () => {
    place.web.lastLogin().answer(by())
    await place.at('new-password')
    place.pass(timeoutSeconds * 1000)
    expect(place.attempt().step).toMatchObject({ kind: 'ask', failure: { code: 'psc-expired' } })
    expect(await refusalOf(place.attempts.setForgottenPassword(place.id(), 'x'))).toMatchObject({
      code: 'attempt-over',
    })
  })

  it('changes the password of nobody who has another RPPS by now', async () => {
    place.web.lastLogin().answer(by())
    await place.at('new-password')
    await place.giveRpps(place.patricia, newRpps)
    await place.giveRpps(place.kit, identified().identity.rpps)
    const hash = await place.operators.passwordHashOf(place.kit.id)
    await refusalOf(place.attempts.setForgottenPassword(place.id(), 'tunnel moutarde girafe'))
    expect(await place.operators.passwordHashOf(place.kit.id)).toBe(hash)
    expect(place.session.connected()).toBeNull()
  })

  it('is no longer meant by who identifies afterwards', async () => {
    place.web.lastLogin().answer(failed('abandoned'))
    await place.at('ask')
    await place.goOut('startPsc')
    place.web.lastLogin().answer(by())
    await until(() => ['new-password', 'none'].includes(place.stepKind()))
    expect(place.stepKind()).toBe('none')
  })
})
