import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewcomerForm } from '../ipc/operator-views.ts'
import { engines, type TestDatabase } from '../storage/testing/engines.ts'
import { cancelled, type Expectation } from './identification.ts'
import { notAllowed } from './purpose.ts'
import {
  anyone,
  identified,
  newRpps,
  openCounter,
  refusalOf,
  right,
  type Counter,
} from './testing/counter.ts'
import { pscModule } from './testing/road.ts'

const names = { firstName: 'ANNE', lastName: 'REMPLACANTE' }
const asserted = identified({ identity: { rpps: newRpps, ...names } })
const form: NewcomerForm = {
  code: '3',
  ...names,
  role: 'remplacant',
  firstDay: '2026-03-02',
  lastDay: '2026-03-06',
  password: 'tunnel moutarde girafe',
}
const titulaire = { code: '9', password: right }

describe.each(engines)('« Je n’ai pas de code opérateur » on $name', ({ open }) => {
  let database: TestDatabase
  let place: Counter
  beforeEach(async () => {
    database = await open()
    place = await openCounter(database)
  })
  afterEach(() => database.dispose())

  const judge = (authentication = asserted) => place.psc.judge(authentication, 0, anyone, 'newcomer')
  const describeIt = (change: Partial<NewcomerForm> = {}, from = asserted, expectation = anyone) =>
    place.newcomers.describe(from, { ...form, ...change }, expectation)
  const admit = async (authoriser = titulaire, expectation: Expectation = anyone) =>
    place.newcomers.admit(asserted, await describeIt(), authoriser, expectation)
  const nobodyCame = async () => {
    expect(await place.operators.byRpps(newRpps)).toBeNull()
    expect(await place.operators.count()).toBe(3)
    expect((await place.rows()).map(({ kind }) => kind)).not.toContain('operator.created')
  }

  it('is for an RPPS of nobody here, asserted now; who has one simply comes in', async () => {
    expect(await judge()).toEqual({ kind: 'newcomer' })
    expect(await place.rows()).toEqual([])
    expect(await judge(identified())).toEqual({ kind: 'admitted', operator: place.patricia })
    expect(await judge(identified({ age: 600 }))).toEqual({ kind: 'confirm', operator: place.patricia })
    for (const age of [600, null]) {
      expect(await refusalOf(judge({ ...asserted, age }))).toMatchObject({ code: 'psc-not-fresh' })
    }
    await nobodyCame()
  })

  it.each([
    [['pharmacien'], 'remplacant'],
    [['preparateur'], 'preparateur'],
    [['other'], 'autre'],
    [[], 'autre'],
  ] as const)('proposes to %s, a free code and today', async (professions, role) => {
    expect(await place.newcomers.propose({ ...asserted.identity, professions })).toEqual({
      code: '3',
      ...names,
      role,
      firstDay: '2026-03-02',
      lastDay: '2026-03-02',
    })
  })

  it('reads the names that PSC does not give as the form of an operator does', async () => {
    const nameless = identified({ identity: { rpps: newRpps, firstName: '', lastName: '' } })
    const written = { firstName: ' Anne  Marie ', lastName: 'Lemai\u0302tre' }
    const described = await describeIt(written, nameless)
    expect(described.proposed).toMatchObject({ firstName: 'Anne Marie', lastName: 'Lemaître' })
    for (const lastName of ['A\u202Eb', 'a\u0000b', 'x'.repeat(81), ' \n ']) {
      const refusal = await refusalOf(describeIt({ lastName }, nameless))
      expect(refusal).toMatchObject({ code: 'invalid-operator', parameters: { detail: 'les noms' } })
    }
    await nobodyCame()
  })

  it('creates the operator in the name of who lets them in, and connects them', async () => {
    const operator = await admit()
    const { password: _, ...known } = form
    expect(operator).toMatchObject({ ...known, rpps: newRpps, suspended: false, rights: [] })
    expect(await place.operators.byRpps(newRpps)).toEqual(operator)
    expect(await place.operators.isProvisional(operator.id)).toBe(false)
    const target = { id: operator.id, code: '3' }
    expect(await place.rows()).toMatchObject([
      {
        kind: 'operator.created',
        operatorCode: '9',
        means: 'password',
        reference: 'PSC-TRY',
        details: {
          role: 'remplacant',
          by: 'replacement',
          rpps: newRpps.digits,
          firstDay: '2026-03-02',
          lastDay: '2026-03-06',
          target,
        },
      },
      {
        kind: 'identification.succeeded',
        operatorCode: '3',
        means: 'psc',
        details: { confirmedBy: 'freshness' },
      },
      { kind: 'session.connected', operatorCode: '3' },
    ])
    expect(await place.identification.identify('3', form.password, anyone)).toEqual(operator)
  })

  it('may be let in by somebody who was given the right, and by nobody else', async () => {
    expect(await refusalOf(admit({ code: '1', password: right }))).toMatchObject({
      code: 'authorisation-needed',
    })
    expect((await place.rows()).at(-1)).toMatchObject({
      kind: 'identification.refused',
      operatorCode: '1',
      details: { reason: 'not-authorised' },
    })
    await nobodyCame()
    await place.giveRight(place.patricia, 'manage-operators')
    expect(await admit({ code: '1', password: right })).toMatchObject({ code: '3' })
  })

  it.each([
    ['a wrong password', { code: '9', password: 'faux' }, 'wrong-credentials'],
    ['an unknown code', { code: 'X', password: right }, 'wrong-credentials'],
    ['their own code', { code: '3', password: form.password }, 'wrong-credentials'],
  ])('is not let in by %s', async (_, authoriser, code) => {
    expect(await refusalOf(admit(authoriser))).toMatchObject({ code })
    await nobodyCame()
    expect(await place.rows()).toHaveLength(1)
  })

  it('counts the errors of who lets in, and waits', async () => {
    await place.fail('9', 5)
    expect(await refusalOf(admit())).toMatchObject({ code: 'throttled' })
    await nobodyCame()
  })

  it('is not let in by a provisional password, nor by somebody suspended', async () => {
    await place.makeProvisional(place.titulaire)
    expect(await refusalOf(admit())).toMatchObject({ code: 'provisional-password' })
    await place.suspend(place.titulaire)
    expect(await refusalOf(admit())).toMatchObject({ code: 'suspended' })
    await nobodyCame()
  })

  it('is refused when somebody was given this RPPS meanwhile', async () => {
    const newcomer = await describeIt()
    await place.giveRpps(place.kit, newRpps)
    const admitting = place.newcomers.admit(asserted, newcomer, titulaire, anyone)
    expect(await refusalOf(admitting)).toMatchObject({ code: 'rpps-of-another', reference: 'PSC-TRY' })
    expect(await place.operators.count()).toBe(3)
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.refused', operatorCode: null, details: { reason: 'rpps-of-another' } },
    ])
  })

  it('is refused when somebody was given this code meanwhile: another is to be chosen', async () => {
    const newcomer = await describeIt({ code: 'PAT' })
    const other = await describeIt({ code: 'PAT' }, identified({ identity: { rpps: otherRpps, ...names } }))
    await place.newcomers.admit(
      identified({ identity: { rpps: otherRpps, ...names } }),
      other,
      titulaire,
      anyone,
    )
    expect(await refusalOf(place.newcomers.admit(asserted, newcomer, titulaire, anyone))).toMatchObject({
      code: 'code-taken',
    })
    expect(await place.operators.byRpps(newRpps)).toBeNull()
  })

  it('is undone as a whole when the rows of the admission cannot be written', async () => {
    place.breakAdmissions(new Error('no row'))
    await expect(admit()).rejects.toThrow('no row')
    expect(await place.rows()).toEqual([])
    await nobodyCame()
  })

  it('is refused by an attempt that is over', async () => {
    const newcomer = await describeIt()
    const admitting = place.newcomers.admit(asserted, newcomer, titulaire, {
      ...anyone,
      allows: () => cancelled,
    })
    expect(await refusalOf(admitting)).toMatchObject({ code: 'attempt-over' })
    await nobodyCame()
  })

  it.each<[string, Partial<NewcomerForm>, string]>([
    ['a code that is none', { code: 'trop long' }, 'invalid-operator'],
    ['a code of somebody', { code: '1' }, 'code-taken'],
    ['a period that is over', { firstDay: '2026-02-01', lastDay: '2026-03-01' }, 'invalid-operator'],
    ['a period that has not begun', { firstDay: '2026-03-03' }, 'invalid-operator'],
    ['the role of a titulaire', { role: 'titulaire' }, 'titulaire-needed'],
    ['a weak password', { password: 'faible' }, 'weak-password'],
  ])('refuses %s before anybody is asked', async (_, change, code) => {
    expect(await refusalOf(describeIt(change))).toMatchObject({ code })
    expect(await place.rows()).toEqual([])
  })

  it('refuses a role that the module is not open to', async () => {
    const purpose = { kind: 'open-module', module: pscModule } as const
    const expectation = {
      ...anyone,
      allows: (who: Parameters<Expectation['allows']>[0]) => notAllowed(purpose, who),
    }
    expect(await refusalOf(describeIt({}, asserted, expectation))).toMatchObject({ code: 'role-not-allowed' })
    expect(await describeIt({ role: 'adjoint' }, asserted, expectation)).toMatchObject({ code: '3' })
  })

  it('takes the names that PSC gives, and asks for those it does not', async () => {
    const renamed = await describeIt({ firstName: 'Autre', lastName: 'NOM' })
    expect(renamed.proposed).toMatchObject(names)
    const nameless = identified({ identity: { rpps: newRpps, firstName: '', lastName: '' } })
    expect((await describeIt({ firstName: ' Anne ', lastName: 'Dupont' }, nameless)).proposed).toMatchObject({
      firstName: 'Anne',
      lastName: 'Dupont',
    })
    expect(await refusalOf(describeIt({ firstName: ' ' }, nameless))).toMatchObject({
      code: 'invalid-operator',
      parameters: { detail: 'les noms' },
    })
  })
})

const otherRpps = { kind: 'rpps', digits: '99700000002' } as const
