import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines, type TestDatabase } from '../storage/testing/engines.ts'
import { verifyPassword } from './password.ts'
import { openCounter, refusalOf, right, type Counter } from './testing/counter.ts'

const chosen = 'tunnel moutarde girafe'

describe.each(engines)('« Changer mon mot de passe » on $name', ({ open }) => {
  let database: TestDatabase
  let place: Counter
  beforeEach(async () => {
    database = await open()
    place = await openCounter(database)
  })
  afterEach(() => database.dispose())

  const change = (current: string, next: string) => place.changeOwnPassword(place.patricia, current, next)
  const isPassword = async (password: string) =>
    verifyPassword((await place.operators.passwordHashOf(place.patricia.id)) ?? '', password)

  it('changes it, with its row and nothing else', async () => {
    await change(right, chosen)
    expect(await isPassword(chosen)).toBe(true)
    expect(await place.rows()).toMatchObject([
      { kind: 'operator.password-changed', operatorCode: '1', means: 'password', details: { by: 'own' } },
    ])
    expect(JSON.stringify(await place.rows())).not.toContain('argon2')
  })

  it.each([
    ['a wrong current one', 'faux', chosen, 'wrong-credentials'],
    ['the same', right, right, 'password-unchanged'],
    ['a weak one', right, 'faible', 'weak-password'],
  ])('refuses %s', async (_, current, next, code) => {
    expect(await refusalOf(change(current, next))).toMatchObject({ code })
    expect(await isPassword(right)).toBe(true)
    expect((await place.rows()).map(({ kind }) => kind)).toEqual(
      code === 'wrong-credentials' ? ['identification.refused'] : [],
    )
  })

  it('counts wrong ones as a login does, and waits', async () => {
    await place.fail('1', 4)
    await refusalOf(change('faux', chosen))
    expect(await refusalOf(change(right, chosen))).toMatchObject({ code: 'throttled' })
    expect(await isPassword(right)).toBe(true)
  })

  it('ends a provisional one: who came in by Pro Santé Connect may choose there', async () => {
    await place.makeProvisional(place.patricia)
    await change(right, chosen)
    expect(await place.operators.isProvisional(place.patricia.id)).toBe(false)
  })

  it('is refused to who was suspended meanwhile', async () => {
    await place.suspend(place.patricia)
    expect(await refusalOf(change(right, chosen))).toMatchObject({ code: 'suspended' })
    expect(await isPassword(right)).toBe(true)
  })
})
