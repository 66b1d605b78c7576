import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines, type TestDatabase } from '../storage/testing/engines.ts'
import type { Expectation } from './identification.ts'
import { verifyPassword } from './password.ts'
import { ProvisionalPassword, type Provisional } from './provisional-password.ts'
import {
  anyone,
  identified,
  openCounter,
  quickHash,
  refusalOf,
  right,
  type Counter,
} from './testing/counter.ts'

const chosen = 'tunnel moutarde girafe'

describe.each(engines)('a provisional password on $name', ({ open }) => {
  let database: TestDatabase
  let place: Counter
  beforeEach(async () => {
    database = await open()
    place = await openCounter(database)
    await place.makeProvisional(place.patricia)
  })
  afterEach(() => database.dispose())

  const identify = (expectation: Expectation = anyone) =>
    place.identification.identify('1', right, expectation)
  const proved = async (): Promise<Provisional> => {
    const refusal = await refusalOf(identify())
    if (refusal instanceof ProvisionalPassword) return refusal.proved
    throw new Error(refusal.code)
  }
  const isPassword = async (password: string) =>
    verifyPassword((await place.operators.passwordHashOf(place.patricia.id)) ?? '', password)
  const isProvisional = () => place.operators.isProvisional(place.patricia.id)
  const kinds = async () => (await place.rows()).map(({ kind }) => kind)
  const asItWas = async () => {
    expect(await isPassword(right)).toBe(true)
    expect(await isProvisional()).toBe(true)
    expect(place.session.connected()).toBeNull()
  }

  it('lets nobody in, and proves who may choose another', async () => {
    expect(await proved()).toMatchObject({ operator: place.patricia })
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.refused', operatorCode: '1', details: { reason: 'provisional-password' } },
    ])
    await asItWas()
  })

  it('that is not the right one is told as any other', async () => {
    expect(await refusalOf(place.identification.identify('1', 'faux', anyone))).toMatchObject({
      code: 'wrong-credentials',
    })
  })

  it('proves nothing: no association, no authorisation, no dangerous action', async () => {
    await place.makeProvisional(place.titulaire)
    const committed: string[] = []
    const proving = place.identification.prove('9', right, anyone, async () => {
      committed.push('committed')
    })
    expect(await refusalOf(proving)).toMatchObject({ code: 'provisional-password' })
    expect(committed).toEqual([])
    expect((await place.rows()).at(-1)).toMatchObject({
      operatorCode: '9',
      details: { reason: 'provisional-password' },
    })
  })

  it('gives way to one’s own, with its rows, and lets its operator in', async () => {
    expect(await place.replaceProvisional(await proved(), chosen, anyone)).toEqual(place.patricia)
    expect(await isPassword(chosen)).toBe(true)
    expect(await isProvisional()).toBe(false)
    expect((await place.rows()).slice(1)).toMatchObject([
      {
        kind: 'operator.password-changed',
        operatorCode: '1',
        means: 'password',
        details: { by: 'provisional' },
      },
      { kind: 'identification.succeeded', operatorCode: '1', means: 'password' },
      { kind: 'session.connected', operatorCode: '1' },
    ])
    expect(JSON.stringify(await place.rows())).not.toContain('argon2')
    expect(await place.identification.identify('1', chosen, anyone)).toEqual(place.patricia)
  })

  it.each([
    ['the same', right, 'password-unchanged'],
    ['too weak', 'faible', 'weak-password'],
  ])('is not changed into %s', async (_, password, code) => {
    const given = await proved()
    expect(await refusalOf(place.replaceProvisional(given, password, anyone))).toMatchObject({ code })
    await asItWas()
    expect(await kinds()).toEqual(['identification.refused'])
  })

  it('is not changed by whom the attempt no longer awaits', async () => {
    const given = await proved()
    await place.suspend(place.patricia)
    expect(await refusalOf(place.replaceProvisional(given, chosen, anyone))).toMatchObject({
      code: 'suspended',
    })
    await asItWas()
    expect((await place.rows()).at(-1)).toMatchObject({ details: { reason: 'suspended' } })
  })

  it('that was reset once more is not what was proved', async () => {
    const given = await proved()
    const again = await quickHash('un autre provisoire')
    await database.storage.write((trx) =>
      place.operators.setPasswordHash(trx, place.patricia.id, again, true),
    )
    expect(await refusalOf(place.replaceProvisional(given, chosen, anyone))).toMatchObject({
      code: 'wrong-credentials',
    })
    expect(await isProvisional()).toBe(true)
    expect(await isPassword('un autre provisoire')).toBe(true)
  })

  it('stays when the rows of the admission cannot be written', async () => {
    const given = await proved()
    place.breakAdmissions(new Error('no row'))
    await expect(place.replaceProvisional(given, chosen, anyone)).rejects.toThrow('no row')
    await asItWas()
    expect(await kinds()).toEqual(['identification.refused'])
  })

  it('keeps nobody from coming in by Pro Santé Connect, and « Mot de passe oublié ? » ends it', async () => {
    expect(await place.psc.judge(identified(), 0, anyone, 'session')).toMatchObject({ kind: 'admitted' })
    expect(await isProvisional()).toBe(true)
    await place.psc.admitWithPassword(identified(), await quickHash(chosen), anyone)
    expect(await isProvisional()).toBe(false)
  })
})
