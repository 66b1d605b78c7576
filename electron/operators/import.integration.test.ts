import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines, openTestSqlite } from '../storage/testing/engines.ts'
import type { Actor } from './actor.ts'
import { createOperatorImport, type OperatorImport } from './import.ts'
import { administrator, as, openPharmacy, reference, type Pharmacy } from './testing/team.ts'

const strong = 'girafe tunnel moutarde'
const list = (...lines: string[]) => ({
  kind: 'file' as const,
  name: 'equipe.csv',
  bytes: Buffer.from(['code;nom;prenom;role;rpps;motdepasse', ...lines].join('\r\n')),
})
const two = list(`3;GOFF;Zoé;adjoint;899700218896;${strong}`, `4;MARTIN;Léa;préparatrice;;${strong}`)

/** Passwords are hashed and measured quickly: `weak` is, whatever else is not. */
function importOf(pharmacy: Pharmacy) {
  const scored: (readonly string[])[] = []
  let [hashing, mostAtOnce] = [0, 0]
  const lists = createOperatorImport({
    ...pharmacy,
    scorer: {
      score: async (password, words) => {
        scored.push(words)
        return { bits: 60, enough: password !== 'weak', advice: 'enough' }
      },
    },
    pharmacy: () => 'Pharmacie du test',
    hashPassword: async (password) => {
      hashing += 1
      mostAtOnce = Math.max(mostAtOnce, hashing)
      await new Promise((resolve) => setTimeout(resolve, 1))
      hashing -= 1
      return `hash of ${password}`
    },
  })
  return { lists, scored, mostAtOnce: () => mostAtOnce }
}

describe.each(engines)('importing operators on $name', ({ open }) => {
  let pharmacy: Pharmacy
  let lists: OperatorImport
  beforeEach(async () => {
    pharmacy = await openPharmacy(open)
    lists = importOf(pharmacy).lists
  })
  afterEach(() => pharmacy.database.dispose())

  const apply = async (source: ReturnType<typeof list>, actor: Actor) => {
    const prepared = await lists.prepare(await lists.read(source, actor))
    return pharmacy.write((trx) => lists.apply(trx, actor, prepared, reference))
  }

  it('reads without writing anything, then creates everybody with provisional passwords', async () => {
    const { report } = await lists.read(two, as(pharmacy.manager))
    expect(report).toMatchObject({
      file: 'equipe.csv',
      encoding: 'utf-8',
      unreadable: null,
      acceptable: true,
    })
    expect(JSON.stringify(report)).not.toContain(strong)
    expect([await pharmacy.rows(), await pharmacy.operators.count()]).toEqual([[], 3])

    expect(await apply(two, as(pharmacy.manager))).toBe(2)
    const zoe = await pharmacy.operators.byCode('3')
    expect(zoe).toMatchObject({
      firstName: 'Zoé',
      lastName: 'GOFF',
      role: 'adjoint',
      rpps: { digits: '99700218896' },
      suspended: false,
      rights: [],
    })
    expect(await pharmacy.operators.passwordHashOf(zoe?.id ?? '')).toBe(`hash of ${strong}`)
    expect(await pharmacy.operators.isProvisional(zoe?.id ?? '')).toBe(true)
    expect(await pharmacy.rows()).toEqual([
      'operator.created 3 by 1',
      'operator.created 4 by 1',
      'operators.imported - by 1',
    ])
    const rows = await pharmacy.journal.rows()
    expect(rows.at(-1)?.details).toEqual({ by: 'operator', created: 2 })
    expect(JSON.stringify(rows)).not.toContain(strong)
  })

  it('says what is taken, twice there or for titulaires only', async () => {
    await pharmacy.add({ code: '8', rpps: { kind: 'rpps', digits: '99700218896' } })
    await pharmacy.journal.append({
      kind: 'program.started',
      outcome: 'done',
      operator: { id: 'gone', code: '7' },
      details: { version: '1' },
    })
    const source = list(
      `1;a;b;autre;;${strong}`,
      `7;a;b;autre;;${strong}`,
      `3;a;b;adjoint;99700218896;${strong}`,
      `3;a;b;titulaire;99700427885;${strong}`,
      `5;a;b;titulaire;899700427885;weak`,
    )
    const { report, people } = await lists.read(source, as(pharmacy.manager))
    expect(report.lines.map(({ faults }) => faults)).toEqual([
      ['code-taken'],
      ['code-taken'],
      ['code-twice', 'rpps-taken'],
      ['code-twice', 'rpps-twice', 'titulaire-needed'],
      ['rpps-twice', 'titulaire-needed', 'weak-password'],
    ])
    expect([report.acceptable, people]).toEqual([false, []])
    for (const actor of [as(pharmacy.titulaire), administrator]) {
      const again = await lists.read(source, actor)
      expect(again.report.lines.at(-1)?.faults).toEqual(['rpps-twice', 'weak-password'])
    }
  })

  it('creates nobody when one of them was created meanwhile', async () => {
    const prepared = await lists.prepare(await lists.read(two, administrator))
    await pharmacy.add({ code: '4' })
    const late = pharmacy.write((trx) => lists.apply(trx, administrator, prepared, reference))
    await expect(late).rejects.toMatchObject({ code: 'import-refused', reference })
    expect([await pharmacy.rows(), await pharmacy.operators.byCode('3')]).toEqual([[], null])
  })
})

describe('importing operators', () => {
  let pharmacy: Pharmacy
  beforeEach(async () => {
    pharmacy = await openPharmacy(openTestSqlite)
  })
  afterEach(() => pharmacy.database.dispose())

  it('holds against nobody what was typed of their code before', async () => {
    const { lists } = importOf(pharmacy)
    for (let failures = 0; failures < 10; failures += 1) {
      await pharmacy.write((trx) => pharmacy.throttle.recordFailure(trx, '3'))
    }
    const prepared = await lists.prepare(await lists.read(two, administrator))
    await pharmacy.write((trx) => lists.apply(trx, administrator, prepared, reference))
    expect(await pharmacy.throttle.verdict('3')).toEqual({ kind: 'free' })
  })

  it('measures each password against its operator and the pharmacy', async () => {
    const { lists, scored } = importOf(pharmacy)
    await lists.read(two, administrator)
    expect(scored).toEqual([
      ['Zoé', 'GOFF', '3', 'Pharmacie du test'],
      ['Léa', 'MARTIN', '4', 'Pharmacie du test'],
    ])
  })

  it('hashes two passwords at a time', async () => {
    const { lists, mostAtOnce } = importOf(pharmacy)
    const many = list(...Array.from({ length: 9 }, (_, index) => `X${index};a;b;autre;;${strong}`))
    const prepared = await lists.prepare(await lists.read(many, administrator))
    expect([prepared.length, mostAtOnce()]).toEqual([9, 2])
  })

  it('refuses a list with a fault, and one that cannot be read', async () => {
    const { lists } = importOf(pharmacy)
    for (const source of [list('9;a;b;chef;;x'), list(), { kind: 'pasted' as const, text: 'x' }]) {
      const reading = await lists.read(source, administrator)
      expect(reading.report.acceptable).toBe(false)
      await expect(lists.prepare(reading)).rejects.toMatchObject({ code: 'import-refused' })
    }
  })

  it('refuses who has no right to it any more, and titulaires by anybody else', async () => {
    const { lists } = importOf(pharmacy)
    const apply = async (text: string, actor: Actor) => {
      const prepared = await lists.prepare(await lists.read(list(text), administrator))
      return pharmacy.write((trx) => lists.apply(trx, actor, prepared, reference))
    }
    const titulaire = `3;a;b;titulaire;;${strong}`
    await expect(apply(titulaire, as(pharmacy.manager))).rejects.toMatchObject({ code: 'titulaire-needed' })
    const anybody = `3;a;b;autre;;${strong}`
    await expect(apply(anybody, as(pharmacy.preparateur))).rejects.toMatchObject({ code: 'right-needed' })
    expect(await pharmacy.rows()).toEqual([])
    expect(await apply(titulaire, as(pharmacy.titulaire))).toBe(1)
  })
})
