import { beforeEach, describe, expect, it } from 'vitest'
import type { Authentication, PscAnswer } from '../psc/authentication.ts'
import { StorageError } from '../storage/storage-error.ts'
import { identified, kitsRpps, newRpps, patriciasRpps, quiet, refusalOf, right } from './testing/counter.ts'
import { openRoad, pscModule, timeoutSeconds, type Road } from './testing/road.ts'
import type { Purpose } from './purpose.ts'

let place: Road
beforeEach(async () => {
  place = await openRoad()
})

const by = (authentication = identified()): PscAnswer => ({ kind: 'identified', authentication })
const patriciasCard = patriciasRpps.digits

/** Somebody comes back who had been identified ten minutes before. */
async function comesBack(more: Partial<Authentication> = {}): Promise<void> {
  place.web.lastLogin().answer(by({ ...identified({ age: 600, idToken: 'patricias' }), ...more }))
  await place.at('wrong-person')
}
async function isAsked(purpose?: Purpose): Promise<void> {
  await place.begin(purpose)
  await comesBack()
}
const yes = () => place.attempts.answerWrongPerson(place.id(), 'yes')
const kindsOf = async () => (await place.rows()).map(({ kind }) => kind)

describe('« Oui, continuer » with the card of that operator in the reader', () => {
  it('lets them in without a password', async () => {
    await isAsked()
    place.cards.add(patriciasCard)
    await yes()
    expect(place.session.connected()).toMatchObject({
      operator: { code: '1' },
      means: { kind: 'psc', credential: 'card', inBrowser: true, acr: 'eidas3' },
    })
    expect(place.session.connected()?.untilMonotonic).toBe(4 * 3_600_000 - 600_000)
    expect([place.attempts.current(), place.steps]).toEqual([
      { kind: 'none' },
      ['ask', 'browser', 'wrong-person', 'none'],
    ])
    expect(place.succeeded).toMatchObject([{ operator: { code: '1' }, idToken: 'patricias' }])
    expect(await place.rows()).toMatchObject([
      {
        kind: 'identification.succeeded',
        outcome: 'done',
        operatorCode: '1',
        means: 'psc',
        details: { confirmedBy: 'card', acr: 'eidas3', authMode: 'CARD' },
      },
      { kind: 'session.connected', operatorCode: '1', means: 'psc' },
    ])
  })

  it('is still to be answered: the card alone lets nobody in', async () => {
    place.cards.add(patriciasCard)
    await isAsked()
    place.attempts.cardInserted()
    await quiet()
    expect(place.attempt().step).toMatchObject({ kind: 'wrong-person', password: false })
    expect([place.session.connected(), await place.rows()]).toEqual([null, []])
  })

  it('opens the module that was asked for', async () => {
    await isAsked({ kind: 'open-module', module: pscModule })
    place.cards.add(patriciasCard)
    await yes()
    expect(place.succeeded).toMatchObject([{ purpose: { kind: 'open-module', module: { id: 'dmp' } } }])
    expect(await place.rows()).toMatchObject([{ module: 'dmp' }, { kind: 'session.connected' }])
  })

  it('does not lift the block of their code: only a fresh login does', async () => {
    await place.fail('1', 10)
    await isAsked()
    place.cards.add(patriciasCard)
    await yes()
    expect(place.session.connected()?.operator.code).toBe('1')
    expect(await kindsOf()).toEqual(['identification.succeeded', 'session.connected'])
    expect(await place.throttle.verdict('1')).toMatchObject({ kind: 'blocked' })
    await place.begin({ kind: 'renew', operator: place.patricia })
    place.web.lastLogin().answer(by())
    await place.at('none')
    expect(await kindsOf()).toContain('operator.unblocked')
    expect(await place.throttle.verdict('1')).toMatchObject({ kind: 'free' })
  })

  it('« Non » ends the session in the browser nevertheless', async () => {
    await isAsked()
    place.cards.add(patriciasCard)
    await place.attempts.answerWrongPerson(place.id(), 'no')
    expect(place.stepKind()).toBe('leaving')
    await quiet()
    expect(place.session.connected()).toBeNull()
  })
})

describe('a card of somebody else', () => {
  beforeEach(() => isAsked())

  it('changes nothing at « Oui »: the password is awaited', async () => {
    place.cards.add(kitsRpps.digits)
    await yes()
    expect(place.attempt().step).toMatchObject({ kind: 'wrong-person', password: true })
    expect([place.session.connected(), await place.rows()]).toEqual([null, []])
  })

  it('changes nothing while the password is awaited, nor does one that says nothing', async () => {
    await yes()
    const before = place.attempt()
    place.attempts.cardInserted()
    place.cards.add(kitsRpps.digits)
    place.attempts.cardInserted()
    await quiet()
    expect(place.attempt()).toBe(before)
    expect([place.session.connected(), await place.rows()]).toEqual([null, []])
  })

  it('lets nobody in for an RPPS that nobody has: whose it is, is asked', async () => {
    place.attempts.cancel()
    await place.begin()
    await comesBack(identified({ age: 600, identity: { rpps: newRpps } }))
    place.cards.add(newRpps.digits)
    await yes()
    place.attempts.cardInserted()
    await quiet()
    expect([place.stepKind(), place.session.connected()]).toEqual(['association', null])
  })
})

const insert = () => {
  place.cards.add(patriciasCard)
  place.attempts.cardInserted()
}

/** The end of the try that the window tells of, with what Pro Santé Connect had asserted. */
const endedByComptoir = (detail: string) => ({
  kind: 'identification.failed',
  reference: place.failure()?.reference,
  details: { reason: 'internal', detail, nationalId: '899700261797' },
})

describe('a card inserted while the password is awaited', () => {
  beforeEach(async () => {
    await isAsked()
    await yes()
  })
  it('answers for it', async () => {
    insert()
    await place.at('none')
    expect(place.session.connected()).toMatchObject({ operator: { code: '1' }, means: { kind: 'psc' } })
    expect(place.succeeded).toMatchObject([{ operator: { code: '1' }, idToken: 'patricias' }])
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.succeeded', details: { confirmedBy: 'card' } },
      { kind: 'session.connected' },
    ])
  })

  it('lets them in once, were it seen twice', async () => {
    insert()
    insert()
    await place.at('none')
    await quiet()
    expect(place.succeeded).toHaveLength(1)
    expect(place.attempts.current()).toEqual({ kind: 'none' })
    expect((await kindsOf()).filter((kind) => kind === 'identification.succeeded')).toHaveLength(1)
  })

  it('still leaves the password to be typed when it is not theirs', async () => {
    place.cards.add(kitsRpps.digits)
    place.attempts.cardInserted()
    await place.attempts.confirmPerson(place.id(), right)
    expect(place.session.connected()?.operator.code).toBe('1')
    expect(await place.rows()).toMatchObject([
      { details: { confirmedBy: 'password' } },
      { kind: 'session.connected' },
    ])
  })

  it('comes too late once it is cancelled, or expired', async () => {
    place.pass(timeoutSeconds * 1000)
    insert()
    await quiet()
    expect([place.stepKind(), place.session.connected()]).toEqual(['ask', null])
    place.attempts.cancel()
    place.attempts.cardInserted()
    await quiet()
    expect([place.stepKind(), place.session.connected()]).toEqual(['none', null])
  })

  it('lets nobody in when it is cancelled while the database is asked', async () => {
    insert()
    place.attempts.cancel()
    await quiet()
    expect([place.stepKind(), place.session.connected()]).toEqual(['none', null])
    expect(await kindsOf()).not.toContain('session.connected')
  })

  it('and a database that fails: that is told on the attempt, and nobody comes in', async () => {
    place.breakAdmissions(new Error('girafe'))
    insert()
    await place.at('ask')
    expect(place.failure()).toMatchObject({ code: 'internal' })
    expect(JSON.stringify(place.failure())).not.toContain('girafe')
    expect(place.logged).toEqual([place.failure()?.reference])
    expect([place.session.connected(), place.succeeded]).toEqual([null, []])
    expect(await place.rows()).toMatchObject([endedByComptoir('Error')])
  })

  it('and a failure is what remains told: what PSC had asserted is forgotten with it', async () => {
    place.breakAdmissions(new StorageError('full'))
    insert()
    await place.at('ask')
    expect(place.failure()).toMatchObject({ code: 'storage-full' })
    const told = place.attempt()
    place.pass(timeoutSeconds * 1000)
    expect(place.attempt()).toBe(told)
    expect(await place.rows()).toMatchObject([endedByComptoir('StorageError')])
  })

  it('and refused while the person has said « Non »: what they said holds', async () => {
    insert()
    await place.attempts.answerWrongPerson(place.id(), 'no')
    await quiet()
    expect(place.stepKind()).toBe('leaving')
    expect(place.session.connected()).toBeNull()
  })

  it('and a failure: the next outing is not ended by the time of this one', async () => {
    place.breakAdmissions(new StorageError('full'))
    insert()
    await place.at('ask')
    place.pass(timeoutSeconds * 1000 - 1000)
    await place.goOut()
    place.pass(2000)
    expect(place.stepKind()).toBe('browser')
  })
})

describe('a card that is in the reader', () => {
  beforeEach(async () => {
    await isAsked()
    place.cards.add(patriciasCard)
  })

  it('lets nobody in at « Oui » when the database fails: the question stays', async () => {
    const before = place.attempt()
    place.breakAdmissions(new StorageError('full'))
    await expect(yes()).rejects.toThrow(StorageError)
    expect(place.attempt()).toBe(before)
    expect([place.session.connected(), place.succeeded, await place.rows()]).toEqual([null, [], []])
    place.breakAdmissions(null)
    await yes()
    expect(place.session.connected()?.operator.code).toBe('1')
  })

  it('lets in no operator who was suspended meanwhile', async () => {
    await place.suspend(place.patricia)
    const refusal = await refusalOf(yes())
    expect(refusal.code).toBe('suspended')
    expect(await place.rows()).toMatchObject([
      {
        kind: 'identification.refused',
        outcome: 'refused',
        operatorCode: '1',
        means: 'psc',
        reference: refusal.reference,
        details: { reason: 'suspended' },
      },
    ])
    expect([place.session.connected(), place.succeeded]).toEqual([null, []])
  })

  it.each(['another', 'no'])('lets in nobody who has %s RPPS by now', async (which) => {
    await place.giveRpps(place.patricia, which === 'no' ? null : newRpps)
    const refusal = await refusalOf(yes())
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.refused', reference: refusal.reference },
    ])
    expect(place.session.connected()).toBeNull()
  })

  it('lets in nobody else who was given its RPPS meanwhile', async () => {
    await place.giveRpps(place.patricia, null)
    await place.giveRpps(place.kit, patriciasRpps)
    await refusalOf(yes())
    expect([place.session.connected(), place.succeeded]).toEqual([null, []])
    expect(await kindsOf()).toEqual(['identification.refused'])
  })

  it('lets nobody in whose module is not for them', async () => {
    place.attempts.cancel()
    await isAsked({ kind: 'open-module', module: pscModule })
    await place.giveRole(place.patricia, 'preparateur')
    await refusalOf(yes())
    // The first is of the attempt that was given up.
    const kinds = ['identification.failed', 'identification.refused']
    expect([place.session.connected(), await kindsOf()]).toEqual([null, kinds])
  })
})

describe('an operator suspended while the password is awaited', () => {
  it('is refused by the card, and told so', async () => {
    await isAsked()
    await yes()
    await place.suspend(place.patricia)
    insert()
    await place.at('ask')
    expect(place.failure()).toMatchObject({ code: 'suspended' })
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.refused', reference: place.failure()?.reference },
    ])
    expect(place.session.connected()).toBeNull()
  })
})
