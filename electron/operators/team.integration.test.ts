import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foreseen, operatorRow, operatorSheet } from '../ipc/operator-views.ts'
import { openTestSqlite } from '../storage/testing/engines.ts'
import { createTeam, type Team } from './team.ts'
import { openPharmacy, type Pharmacy } from './testing/team.ts'

describe('« Opérateurs » shows', () => {
  let pharmacy: Pharmacy
  let team: Team
  beforeEach(async () => {
    pharmacy = await openPharmacy(openTestSqlite)
    team = createTeam(pharmacy)
  })
  afterEach(() => pharmacy.database.dispose())

  it('those found, with what keeps them from coming in', async () => {
    const { write, throttle, operators, preparateur } = pharmacy
    for (let failures = 0; failures < 10; failures += 1)
      await write((trx) => throttle.recordFailure(trx, '2'))
    await write((trx) => operators.setPasswordHash(trx, preparateur.id, '$argon2id$given', true))
    await write((trx) => operators.suspend(trx, preparateur.id))
    await pharmacy.add({ code: 'SOON', lastName: 'b', firstDay: '2027-03-02' })
    await pharmacy.add({ code: 'OVER', lastName: 'c', lastDay: '2027-02-28' })
    const gone = await pharmacy.add({ code: 'GONE', lastName: 'd' })
    await write((trx) => operators.depart(trx, gone.id))
    const { total, operators: rows } = await team.list({ search: '', shown: 'all', offset: 0, limit: 200 })
    expect(total).toBe(6)
    expect(rows.map((row) => operatorRow.parse(row))).toMatchObject([
      { code: '1', name: 'PATRICIA ADJOINTPHARM', presence: 'active', blocked: false, provisional: false },
      { code: 'SOON', presence: 'not-yet' },
      { code: 'OVER', presence: 'over' },
      { code: 'GONE', presence: 'departed' },
      { code: '2', presence: 'suspended', blocked: true, provisional: true },
      { code: '0', role: 'titulaire', presence: 'active' },
    ])
    expect(team.today()).toBe('2027-03-01')
  })

  it('all of one operator, as who reads it may change them', async () => {
    const { titulaire, manager, preparateur, journal } = pharmacy
    await journal.append({
      kind: 'identification.succeeded',
      outcome: 'done',
      operator: { id: titulaire.id, code: '0' },
      means: 'psc',
      details: {},
    })
    const own = operatorSheet.parse(await team.sheet(titulaire.id, titulaire))
    expect(own).toMatchObject({
      code: '0',
      lastTitulaire: true,
      reservedToTitulaires: false,
      departedAt: null,
    })
    expect(own.logins).toMatchObject([{ means: 'psc' }])
    expect(await team.sheet(titulaire.id, manager)).toMatchObject({ reservedToTitulaires: true })
    expect(await team.sheet(preparateur.id, manager)).toMatchObject({
      lastTitulaire: false,
      reservedToTitulaires: false,
    })
    await pharmacy.add({ code: '9', role: 'titulaire' })
    expect(await team.sheet(titulaire.id, titulaire)).toMatchObject({ lastTitulaire: false })
    await expect(team.sheet('nobody', titulaire)).rejects.toMatchObject({ code: 'operator-unknown' })
  })

  it('what is to be foreseen, most urgent first', async () => {
    await pharmacy.operators.setCardUntil(pharmacy.manager.id, '2027-04-01')
    await pharmacy.add({ code: '8', role: 'autre', lastDay: '2027-03-10' })
    const items = (await team.foreseen()).map((item) => foreseen.parse(item))
    expect(items).toMatchObject([
      { kind: 'last-day', day: '2027-03-10', operator: { code: '8' } },
      { kind: 'card', day: '2027-04-01', operator: { code: '1' } },
      { kind: 'without-rpps', operator: { code: '1' } },
      { kind: 'without-rpps', operator: { code: '0' } },
    ])
  })
})
