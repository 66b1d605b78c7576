import { beforeEach, describe, expect, it } from 'vitest'
import type { PscAnswer } from '../psc/authentication.ts'
import { failed } from '../psc/failure.ts'
import { identified, kitsRpps, newRpps, patriciasRpps, refusalOf, right, until } from './testing/counter.ts'
import { openRoad, pscModule, timeoutSeconds, type Road } from './testing/road.ts'
import type { Purpose } from './purpose.ts'

let place: Road
beforeEach(async () => {
  place = await openRoad()
})

/** What PSC says of somebody who has validated on their phone. */
const onPhone = (more: Parameters<typeof identified>[0] = {}) =>
  identified({
    ...more,
    trace: { flow: 'ciba', ...more.trace },
    identity: { authMode: 'MOBILE', ...more.identity },
  })
const by = (authentication = onPhone()): PscAnswer => ({ kind: 'identified', authentication })

/** Asks on the phone of whose code or RPPS this is. */
const ask = async (typed: string, purpose: Purpose = { kind: 'connect' }): Promise<void> => {
  place.attempts.begin(purpose)
  await askAgain(typed)
}
const askAgain = async (typed: string): Promise<void> => {
  const before = place.pocket.calls.length
  await place.attempts.startPhone(place.id(), typed)
  await until(() => place.pocket.calls.length > before)
}
const refused = async (typed: string, purpose: Purpose = { kind: 'connect' }) => {
  place.attempts.begin(purpose)
  return refusalOf(place.attempts.startPhone(place.id(), typed))
}
const kinds = async () => (await place.rows()).map(({ kind }) => kind)

describe('an operator who validates on their phone', () => {
  it.each(['1', ' 1 ', '99700261797', '899700261797', '8 99700261797'])(
    'is the one of the code or the RPPS that was typed (« %s »)',
    async (typed) => {
      await ask(typed)
      const { request } = place.pocket.last()
      expect(request).toEqual({ rpps: patriciasRpps, number: expect.stringMatching(/^\d\d$/) })
      expect(place.attempt().step).toEqual({
        kind: 'phone',
        number: request.number,
        seconds: timeoutSeconds,
        deadline: timeoutSeconds * 1000,
      })
      place.pass(20_000)
      place.pocket.last().answer(by(onPhone({ age: 2, returnedAt: 20_000 })))
      await place.at('none')
      expect(place.steps).toEqual(['ask', 'phone', 'none'])
      expect(place.session.connected()).toMatchObject({
        operator: { code: '1' },
        means: { kind: 'psc', credential: 'e-cps' },
      })
      expect(await place.rows()).toMatchObject([
        {
          kind: 'identification.succeeded',
          means: 'psc',
          details: { flow: 'ciba', authMode: 'MOBILE', confirmedBy: 'freshness' },
        },
        { kind: 'session.connected' },
      ])
    },
  )

  it('is awaited as long as the server says', async () => {
    await ask('1')
    place.pass(1000)
    place.pocket.last().sent(120)
    expect(place.attempt().step).toMatchObject({ kind: 'phone', seconds: 120, deadline: 121_000 })
  })

  it('is the awaited one, whatever is typed', async () => {
    await place.giveRpps(place.kit, kitsRpps)
    place.session.admit(place.patricia, { kind: 'password' })
    await ask('2', { kind: 'step-up', module: pscModule, operator: place.patricia })
    expect(place.pocket.last().request.rpps).toEqual(patriciasRpps)
    place.pocket.last().answer(by())
    await place.at('none')
    expect(place.session.connected()).toMatchObject({ operator: { code: '1' }, means: { kind: 'psc' } })
    expect(place.succeeded).toMatchObject([{ purpose: { kind: 'step-up' } }])
  })

  it('must have the role of the module', async () => {
    await place.giveRpps(place.kit, kitsRpps)
    await ask('2', { kind: 'open-module', module: pscModule })
    place.pocket.last().answer(by(onPhone({ identity: { rpps: kitsRpps } })))
    await place.at('ask')
    expect(place.failure()).toMatchObject({ code: 'role-not-allowed' })
    expect(place.session.connected()).toBeNull()
  })

  it('may have an RPPS that is nobody’s yet: it is associated', async () => {
    await ask(newRpps.digits)
    place.pocket.last().answer(
      by(
        onPhone({
          identity: {
            rpps: newRpps,
            firstName: 'KIT',
            lastName: 'DOC0042788',
            professions: ['preparateur'],
          },
        }),
      ),
    )
    await place.at('association')
    await place.attempts.associate(place.id(), '2', right)
    await place.attempts.confirmAssociation(place.id(), null)
    expect(place.session.connected()).toMatchObject({ operator: { code: '2', rpps: newRpps } })
    expect(await kinds()).toEqual([
      'identification.refused',
      'operator.rpps-linked',
      'identification.succeeded',
      'session.connected',
    ])
  })

  it('goes from the browser to the phone, when one is awaited', async () => {
    place.session.admit(place.patricia, { kind: 'password' })
    await place.begin({ kind: 'unlock', operator: place.patricia })
    await askAgain('')
    expect([place.stepKind(), place.web.lastLogin().cancelled()]).toEqual(['phone', true])
    place.pocket.last().answer(by())
    await place.at('none')
    expect(place.session.connected()).toMatchObject({ operator: { code: '1' }, means: { kind: 'psc' } })
  })

  it('goes to the browser instead: the phone is not listened to any more', async () => {
    await ask('1')
    await place.goOut()
    expect([place.stepKind(), place.pocket.last().cancelled()]).toEqual(['browser', true])
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.failed', details: { flow: 'ciba', reason: 'cancelled' } },
    ])
  })
})

describe('an identity that is not fresh', () => {
  it('is asked about, then proved by the password', async () => {
    await ask('1')
    place.pocket.last().answer(by(onPhone({ age: 600 })))
    await place.at('wrong-person')
    await place.attempts.answerWrongPerson(place.id(), 'yes')
    await place.attempts.confirmPerson(place.id(), right)
    expect(place.session.connected()).toMatchObject({ operator: { code: '1' } })
  })

  it('is denied: it asks again, and no browser is sent out', async () => {
    await ask('1')
    place.pocket.last().answer(by(onPhone({ age: 600 })))
    await place.at('wrong-person')
    await place.attempts.answerWrongPerson(place.id(), 'no')
    expect(place.attempt().step).toEqual({ kind: 'ask', failure: null })
    expect([place.web.logins, place.web.logouts]).toEqual([[], []])
    expect(await place.lastRow()).toMatchObject({
      kind: 'identification.denied',
      details: { flow: 'ciba' },
    })
    // What was held for an answer is held no more.
    place.pass(timeoutSeconds * 1000)
    expect(place.attempt().step).toEqual({ kind: 'ask', failure: null })
    await askAgain('1')
    expect(place.stepKind()).toBe('phone')
  })
})

describe('a phone that does not lead in', () => {
  it.each([
    ['psc-phone-timeout', failed('phone-time-out', 'expired_token')],
    ['psc-abandoned', failed('abandoned', 'access_denied')],
    ['psc-unknown-user', failed('unknown-user', 'unknown_user_id')],
    ['psc-unavailable', failed('unreachable', 'cut')],
    ['psc-misconfigured', failed('other-issuer', 'backchannel_authentication_endpoint')],
    ['psc-error', failed('provider-error', 'invalid_binding_message')],
    ['psc-invalid', failed('invalid-response', 'id_token')],
  ])('asks again, with why and a reference that the journal has (%s)', async (code, answer) => {
    await ask('1')
    place.pocket.last().answer(answer)
    await place.at('ask')
    expect(place.failure()).toMatchObject({ code })
    expect(place.logged).toEqual([place.failure()?.reference])
    expect(await place.rows()).toMatchObject([
      {
        kind: 'identification.failed',
        means: 'psc',
        reference: place.failure()?.reference,
        details: { flow: 'ciba', reason: answer.reason, detail: answer.detail },
      },
    ])
    await place.goOut()
    expect(place.stepKind()).toBe('browser')
  })

  it('leaves the session as it was', async () => {
    place.session.admit(place.kit, { kind: 'password' })
    place.session.lock('switch')
    const before = place.session.state()
    await ask('1', { kind: 'switch' })
    place.pocket.last().answer(failed('unreachable'))
    await place.at('ask')
    expect(place.session.state()).toBe(before)
  })
})

describe('nobody is asked', () => {
  it('of a code of nobody, of an operator without RPPS or of a suspended one, who are refused alike', async () => {
    await place.suspend(place.patricia)
    const refusals = []
    for (const typed of ['ZZ9', 'girafe tunnel', '2', '1', '99700261797', ''])
      refusals.push(await refused(typed))
    for (const { code, parameters } of refusals) expect([code, parameters]).toEqual(['psc-not-by-phone', {}])
    expect(place.pocket.calls).toEqual([])
    const rows = await place.rows()
    expect(rows.map(({ operatorCode, details }) => [operatorCode, details['reason']])).toEqual([
      [null, 'wrong-credentials'],
      [null, 'wrong-credentials'],
      ['2', 'without-rpps'],
      ['1', 'suspended'],
      ['1', 'suspended'],
      [null, 'wrong-credentials'],
    ])
    expect(rows.map(({ reference }) => reference)).toEqual(refusals.map(({ reference }) => reference))
    expect(JSON.stringify(rows)).not.toMatch(/ZZ9|girafe|997002/)
  })

  it('of an awaited operator who has no RPPS', async () => {
    const { code } = await refused('1', { kind: 'renew', operator: place.kit })
    expect(code).toBe('psc-not-by-phone')
  })

  it('a fourth time in ten minutes, and it is told for how long', async () => {
    for (let time = 0; time < 3; time++) {
      await ask('1')
      place.pass(60_000)
    }
    const { code, parameters, reference } = await refused('99700261797')
    expect([code, parameters]).toEqual(['psc-too-many-pushes', { seconds: 7 * 60 }])
    expect(place.pocket.calls).toHaveLength(3)
    expect(await place.lastRow()).toMatchObject({
      kind: 'identification.refused',
      means: 'psc',
      operatorCode: '1',
      reference,
      details: { flow: 'ciba', host: 'psc.test', reason: 'throttled' },
    })
    await ask(newRpps.digits)
    place.pass(7 * 60_000)
    await ask('1')
    expect(place.pocket.calls).toHaveLength(5)
  })

  it('when the database does not take that they are', async () => {
    place.attempts.begin({ kind: 'connect' })
    await place.storage.close()
    await expect(place.attempts.startPhone(place.id(), '1')).rejects.toMatchObject({ name: 'StorageError' })
    expect([place.pocket.calls, place.stepKind()]).toEqual([[], 'ask'])
  })

  it('by two presses at once more than once', async () => {
    place.attempts.begin({ kind: 'connect' })
    for (let times = 0; times < 2; times += 1) {
      await Promise.all([
        place.attempts.startPhone(place.id(), '1'),
        place.attempts.startPhone(place.id(), '1'),
      ])
      await place.at('phone')
      place.attempts.begin({ kind: 'connect' })
    }
    expect(place.pocket.calls).toHaveLength(2)
    // Two of the three that ten minutes allow: the third still is.
    await place.attempts.startPhone(place.id(), '1')
    await place.at('phone')
  })
})

describe('« Mot de passe oublié ? », then the phone instead of the browser', () => {
  it('still asks for the new password', async () => {
    place.attempts.begin({ kind: 'renew', operator: place.patricia })
    await place.goOut('forgottenPassword')
    await place.attempts.startPhone(place.id(), '')
    await until(() => place.pocket.calls.length > 0)
    place.pocket.last().answer(by())
    await place.at('new-password')
    expect(place.session.connected()).toBeNull()
  })
})
