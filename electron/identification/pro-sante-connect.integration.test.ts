import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Refusal } from '../ipc/result.ts'
import { engines, type TestDatabase } from '../storage/testing/engines.ts'
import type { Expectation, Refused } from './identification.ts'
import { createPscIdentification, proofOf, type Asserted } from './pro-sante-connect.ts'
import {
  anyone,
  identified,
  kitsRpps,
  newRpps,
  openCounter,
  patriciasRpps,
  refusalOf,
  refusedAs,
  right,
  type Counter,
} from './testing/counter.ts'

const hour = 3_600_000
/** It was made ten minutes before the attempt began. */
const stale = { age: 600 }

const awaiting = (operator: Expectation['operator']): Expectation => ({ ...anyone, operator })
const allows = (): Refused => ({
  reason: 'role',
  refusal: (reference) => new Refusal('role-not-allowed', reference),
})

describe.each(engines)('identification by Pro Santé Connect on $name', ({ open }) => {
  let database: TestDatabase
  let place: Counter
  beforeEach(async () => {
    database = await open()
    place = await openCounter(database)
    judged = identified()
  })
  afterEach(() => database.dispose())

  /** What PSC asserted last. */
  let judged: Asserted
  const judge = (
    asserted = identified(),
    expectation: Expectation = anyone,
    goal: 'session' | 'new-password' = 'session',
  ) => {
    judged = asserted
    return place.psc.judge(asserted, 0, expectation, goal)
  }
  const kinds = async () => (await place.rows()).map(({ kind }) => kind)
  /** Nobody comes in: the call is refused as `code` by the reference of the try, and the only row says why. */
  const refusedWith = async (call: Promise<unknown>, code: string, reason: string, more: object = {}) => {
    const refusal = await refusalOf(call)
    expect([refusal.code, refusal.reference]).toEqual([code, judged.reference])
    expect(await place.rows()).toEqual([
      expect.objectContaining({
        kind: 'identification.refused',
        outcome: 'refused',
        means: 'psc',
        reference: judged.reference,
        details: { ...judged.trace, reason },
        ...more,
      }),
    ])
    return refusal
  }

  describe('a fresh identity', () => {
    it('lets in the operator whose RPPS it is, with what PSC said', async () => {
      expect(await judge()).toEqual({ kind: 'admitted', operator: place.patricia })
      const rows = await place.rows()
      const patricia = { operatorId: place.patricia.id, operatorCode: '1', means: 'psc', outcome: 'done' }
      const details = {
        flow: 'code',
        host: 'psc.test',
        acr: 'eidas3',
        acrFrom: 'psc',
        authMode: 'CARD',
        authTime: null,
        nationalId: '899700261797',
        confirmedBy: 'freshness',
      }
      const until = new Date(2026, 2, 2, 12).toISOString()
      const { reference } = judged
      expect(rows).toMatchObject([
        { kind: 'identification.succeeded', ...patricia, module: null, reference },
        { kind: 'session.connected', ...patricia, reference, details: { until } },
      ])
      expect(rows[0]?.details).toEqual(details)
    })

    it('is journalled with the module that it is for', async () => {
      await judge(identified(), { ...anyone, module: 'dmp' })
      expect(await place.rows()).toMatchObject([{ module: 'dmp' }, {}])
    })

    it('writes all of it, or nothing: then nobody comes in', async () => {
      await place.fail('1', 10)
      place.breakAdmissions(new Error('no row'))
      await expect(judge()).rejects.toThrow('no row')
      expect(await place.rows()).toEqual([])
      expect(await place.throttle.verdict('1')).toEqual({ kind: 'blocked' })
    })

    it.each(['journal', 'throttle'] as const)(
      'lets nobody in when the database refuses (%s)',
      async (table) => {
        await place.storage.write((trx) => trx.schema.dropTable(table).execute())
        await expect(judge()).rejects.toMatchObject({ name: 'StorageError' })
      },
    )

    it('of nobody known is to be associated, and nothing is written', async () => {
      expect(await judge(identified({ identity: { rpps: newRpps } }))).toEqual({ kind: 'associate' })
      expect(await place.rows()).toEqual([])
    })

    it('lifts the block of the operator’s code, and says so', async () => {
      await place.fail('1', 10)
      await judge()
      expect(await kinds()).toEqual(['operator.unblocked', 'identification.succeeded', 'session.connected'])
      expect((await place.rows())[0]).toMatchObject({ operatorCode: '1', details: { by: 'psc' } })
      expect(await place.throttle.verdict('1')).toEqual({ kind: 'free' })
    })

    it('lifts the block of nobody else’s', async () => {
      await place.fail('2', 10)
      await judge()
      expect(await kinds()).toEqual(['identification.succeeded', 'session.connected'])
      expect(await place.throttle.verdict('2')).toEqual({ kind: 'blocked' })
    })
  })

  describe('an identity that is not fresh', () => {
    it.each([600, 2, null])('lets nobody in by itself: it is to be confirmed (age %s)', async (age) => {
      await place.fail('1', 10)
      expect(await judge(identified({ age }))).toEqual({ kind: 'confirm', operator: place.patricia })
      expect(await place.rows()).toEqual([])
      expect(await place.throttle.verdict('1')).toEqual({ kind: 'blocked' })
    })

    it('of nobody known is to be confirmed before anything else', async () => {
      const unknown = identified({ ...stale, identity: { rpps: newRpps } })
      expect(await judge(unknown)).toEqual({ kind: 'confirm', operator: null })
      expect(await place.rows()).toEqual([])
    })

    it('does not lift a block by being confirmed', async () => {
      await place.fail('1', 10)
      const proof = proofOf(identified(stale), 'password')
      const confirmed = place.identification.identify('1', right, anyone, proof)
      expect(await refusalOf(confirmed)).toMatchObject({ code: 'blocked' })
      expect(await place.throttle.verdict('1')).toEqual({ kind: 'blocked' })
    })

    it('is old when PSC’s own session is over', async () => {
      await refusedWith(judge(identified({ age: 4 * 3600 })), 'psc-too-old', 'too-old')
    })

    it('is not too old a second before', async () => {
      expect(await judge(identified({ age: 4 * 3600 - 1 }))).toMatchObject({ kind: 'confirm' })
    })

    it('is too old when its answer has waited', async () => {
      place.pass(4 * hour)
      await refusedWith(judge(identified()), 'psc-too-old', 'too-old')
    })
  })

  describe('somebody who may not come in', () => {
    it('without an RPPS is told by what they are known', async () => {
      const psi = identified({ identity: { rpps: null } })
      const refusal = await refusedWith(judge(psi), 'psc-without-rpps', 'without-rpps', { operatorId: null })
      expect(refusal).toEqual(refusedAs('psc-without-rpps', { detail: 'psi-1' }))
    })

    it.each([0, 600])('suspended is refused, fresh or not (age %s)', async (age) => {
      await place.suspend(place.patricia)
      await refusedWith(judge(identified({ age })), 'suspended', 'suspended', { operatorCode: '1' })
    })

    it('suspended while the database was waited for is refused too', async () => {
      await place.fail('1', 10)
      const { operators } = place.records
      const late = createPscIdentification({
        ...place.records,
        operators: {
          ...operators,
          byRpps: async (rpps) => {
            const found = await operators.byRpps(rpps)
            await place.suspend(place.patricia)
            return found
          },
        },
      })
      await refusedWith(late.judge(identified(), 0, anyone, 'session'), 'suspended', 'suspended')
      expect(await place.throttle.verdict('1')).toEqual({ kind: 'blocked' })
    })

    it('whose RPPS was taken from them while the database was waited for is refused too', async () => {
      const { operators } = place.records
      const late = createPscIdentification({
        ...place.records,
        operators: {
          ...operators,
          byRpps: async (rpps) => {
            const found = await operators.byRpps(rpps)
            await place.giveRpps(place.patricia, null)
            return found
          },
        },
      })
      await refusedWith(late.judge(identified(), 0, anyone, 'session'), 'rpps-unknown', 'unknown-rpps')
    })

    it.each([0, 600])('whom the purpose does not allow is refused, fresh or not (age %s)', async (age) => {
      const asked = { operator: null, module: 'dmp', allows }
      await refusedWith(judge(identified({ age }), asked), 'role-not-allowed', 'role', { module: 'dmp' })
    })
  })

  describe('where one operator is awaited', () => {
    it('they come in', async () => {
      expect(await judge(identified(), awaiting(place.patricia))).toMatchObject({ kind: 'admitted' })
    })

    it.each([0, 600])('another operator’s RPPS changes nothing (age %s)', async (age) => {
      await place.giveRpps(place.kit, kitsRpps)
      const kits = identified({ age, identity: { rpps: kitsRpps } })
      const refusal = await refusedWith(judge(kits, awaiting(place.patricia)), 'psc-other-rpps', 'other-rpps')
      expect(refusal.parameters).toEqual({ operator: 'PATRICIA ADJOINTPHARM' })
    })

    it.each([0, 600])('an RPPS of nobody changes nothing where theirs is known (age %s)', async (age) => {
      const unknown = identified({ age, identity: { rpps: newRpps } })
      await refusedWith(judge(unknown, awaiting(place.patricia)), 'psc-other-rpps', 'other-rpps')
    })

    it.each([0, 600])('another’s RPPS changes nothing where theirs is not known (age %s)', async (age) => {
      const patricias = identified({ age, identity: { rpps: patriciasRpps } })
      await refusedWith(judge(patricias, awaiting(place.kit)), 'psc-other-rpps', 'other-rpps')
    })

    it('an RPPS of nobody may be associated where theirs is not known', async () => {
      const kits = identified({ identity: { rpps: kitsRpps } })
      expect(await judge(kits, awaiting(place.kit))).toEqual({ kind: 'associate' })
      const confirm = { kind: 'confirm', operator: null }
      expect(await judge({ ...kits, ...stale }, awaiting(place.kit))).toEqual(confirm)
      expect(await place.rows()).toEqual([])
    })
  })
})
