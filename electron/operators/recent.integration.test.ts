import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createJournal } from '../journal/journal.ts'
import { referenceOf } from '../journal/kinds.ts'
import { engines } from '../storage/testing/engines.ts'
import type { Operator } from './operator.ts'
import { createRecentOperators } from './recent.ts'
import { openPharmacy, type Pharmacy } from './testing/team.ts'

describe.each(engines)('recent operators on $name', ({ open }) => {
  let pharmacy: Pharmacy
  beforeEach(async () => {
    pharmacy = await openPharmacy(open)
  })
  afterEach(() => pharmacy.database.dispose())

  const comeIn = async (workstation: string, ...coming: readonly Operator[]): Promise<void> => {
    const { clock, database } = pharmacy
    const journal = createJournal({ storage: database.storage, clock, workstation })
    for (const operator of coming) {
      const by = {
        operator: referenceOf(operator),
        outcome: 'done',
        means: 'password',
        reference: 'ABC-DEF',
      } as const
      await journal.append({ kind: 'identification.succeeded', ...by, details: {} })
      await journal.append({
        kind: 'session.connected',
        ...by,
        details: { until: '2027-03-01T14:00:00.000Z' },
      })
    }
  }
  const read = async (workstation = 'here'): Promise<string> => {
    const recent = createRecentOperators({ storage: pharmacy.database.storage, workstation })
    return (await recent.read()).map(({ code }) => code).join(' ')
  }

  it('are those who came in here, the last one first, each once', async () => {
    const { titulaire, manager, preparateur } = pharmacy
    expect(await read()).toBe('')
    await comeIn('here', titulaire, manager, titulaire, preparateur, manager)
    await comeIn('elsewhere', titulaire)
    expect(await read()).toBe(`${manager.code} ${preparateur.code} ${titulaire.code}`)
    expect(await read('elsewhere')).toBe(titulaire.code)
  })

  it('are told with what they are now; who departed is not told', async () => {
    const { titulaire, preparateur, operators, database, write } = pharmacy
    await comeIn('here', preparateur, titulaire)
    await write((trx) => operators.suspend(trx, preparateur.id))
    const recent = createRecentOperators({ storage: database.storage, workstation: 'here' })
    expect((await recent.read()).map(({ code, suspended }) => [code, suspended])).toEqual([
      [titulaire.code, false],
      [preparateur.code, true],
    ])
    await write((trx) => operators.depart(trx, preparateur.id))
    expect(await read()).toBe(titulaire.code)
  })

  it('are looked for among the last thousand identifications only', async () => {
    const { titulaire, manager } = pharmacy
    await comeIn('here', titulaire, manager)
    const { storage } = pharmacy.database
    const last = await storage.db.selectFrom('journal').selectAll().orderBy('seq', 'desc').limit(2).execute()
    const again = last.find(({ kind }) => kind === 'identification.succeeded')
    if (again === undefined) throw new Error('no row')
    await storage.write((trx) =>
      trx
        .insertInto('journal')
        .values(Array.from({ length: 999 }, (_, index) => ({ ...again, seq: again.seq + 10 + index })))
        .execute(),
    )
    expect(await read()).toBe(manager.code)
  })
})
