import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines, type TestDatabase } from '../storage/testing/engines.ts'
import { verifyPassword } from './password.ts'
import {
  anyone,
  identified,
  newRpps,
  openCounter,
  quickHash,
  refusalOf,
  right,
  type Counter,
} from './testing/counter.ts'

const chosen = 'tunnel moutarde girafe'

describe.each(engines)('« Mot de passe oublié ? » on $name', ({ open }) => {
  let database: TestDatabase
  let place: Counter
  beforeEach(async () => {
    database = await open()
    place = await openCounter(database)
  })
  afterEach(() => database.dispose())

  const judge = (authentication = identified()) => place.psc.judge(authentication, 0, anyone, 'new-password')
  const admit = async (authentication = identified()) =>
    place.psc.admitWithPassword(authentication, await quickHash(chosen), anyone)
  const isPassword = async (password: string) =>
    verifyPassword((await place.operators.passwordHashOf(place.patricia.id)) ?? '', password)
  const allDetails = async () => (await place.rows()).map(({ details }) => details)

  it('lets a fresh identity choose another, and nobody in yet', async () => {
    expect(await judge()).toEqual({ kind: 'new-password', operator: place.patricia })
    expect(await place.rows()).toEqual([])
  })

  it.each([600, null])('is refused to an identity that is not fresh (age %s)', async (age) => {
    const refusal = await refusalOf(judge(identified({ age })))
    expect(refusal.code).toBe('psc-not-fresh')
    expect(await place.rows()).toMatchObject([
      { kind: 'identification.refused', reference: refusal.reference, details: { reason: 'not-fresh' } },
    ])
  })

  it('is refused to an RPPS of nobody: there is no password to forget', async () => {
    const asserted = identified({ identity: { rpps: newRpps } })
    expect(await refusalOf(judge(asserted))).toMatchObject({
      code: 'rpps-unknown',
      parameters: { detail: newRpps.digits },
    })
    expect(await allDetails()).toEqual([{ ...asserted.trace, reason: 'unknown-rpps' }])
  })

  it('gives the new password, lifts the block and lets them in, each with its row', async () => {
    await place.fail('1', 10)
    expect(await admit()).toEqual(place.patricia)
    expect(await isPassword(chosen)).toBe(true)
    expect(await isPassword(right)).toBe(false)
    expect(await place.throttle.verdict('1')).toEqual({ kind: 'free' })
    expect(await place.rows()).toMatchObject([
      { kind: 'operator.unblocked', operatorCode: '1' },
      { kind: 'operator.password-changed', operatorCode: '1', means: 'psc', details: { by: 'forgotten' } },
      { kind: 'identification.succeeded', operatorCode: '1', details: { confirmedBy: 'freshness' } },
      { kind: 'session.connected', operatorCode: '1' },
    ])
    expect(JSON.stringify(await place.rows())).not.toContain('argon2')
  })

  it('changes the password of nobody who may not come in', async () => {
    await place.suspend(place.patricia)
    expect(await refusalOf(admit())).toMatchObject({ code: 'suspended' })
    expect(await isPassword(right)).toBe(true)
    expect(await allDetails()).toEqual([{ ...identified().trace, reason: 'suspended' }])
  })

  it('changes nothing without an RPPS', async () => {
    expect(await refusalOf(admit(identified({ identity: { rpps: null } })))).toMatchObject({
      code: 'psc-without-rpps',
    })
    expect(await isPassword(right)).toBe(true)
  })

  it('is undone as a whole when its rows cannot be written', async () => {
    await place.fail('1', 10)
    place.breakAdmissions(new Error('no row'))
    await expect(admit()).rejects.toThrow('no row')
    expect(await isPassword(right)).toBe(true)
    expect(await place.throttle.verdict('1')).toEqual({ kind: 'blocked' })
    expect(await place.rows()).toEqual([])
  })
})
