import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { createJournal, type Journal } from '../journal/journal.ts'
import type { shownOperators } from '../ipc/operator-views.ts'
import { engines, settableClock, type TestDatabase } from '../storage/testing/engines.ts'
import type { Operator } from './operator.ts'
import { createOperatorRepository, type NewOperator, type OperatorRepository } from './repository.ts'

const somebody: NewOperator = {
  code: '1',
  firstName: 'Patricia',
  lastName: 'Adjointpharm',
  role: 'adjoint',
  rpps: null,
  suspended: false,
  firstDay: null,
  lastDay: null,
  rights: [],
  passwordHash: '$argon2id$…',
}

describe.each(engines)('the team on $name', ({ open }) => {
  let database: TestDatabase
  let operators: OperatorRepository
  let journal: Journal
  beforeEach(async () => {
    database = await open()
    const clock = settableClock('2027-03-01T10:00:00.000Z')
    operators = createOperatorRepository({ storage: database.storage, clock })
    journal = createJournal({ storage: database.storage, clock: systemClock, workstation: 'w' })
  })
  afterEach(() => database.dispose())

  const add = async (operator: Partial<NewOperator>): Promise<Operator> => {
    const insertion = await database.storage.write((trx) =>
      operators.insert(trx, { ...somebody, ...operator }),
    )
    if (insertion.kind !== 'inserted') throw new Error(insertion.kind)
    return insertion.operator
  }
  const find = async (
    search: string,
    shown: (typeof shownOperators)[number] = 'all',
    offset = 0,
    limit = 50,
  ) => {
    const { total, members } = await operators.search({ search, shown, offset, limit })
    return [total, members.map(({ operator }) => operator.code).join(' ')]
  }
  /** An operator whose last row the journal has lost, or who is in another database. */
  const refer = (code: string) =>
    journal.append({
      kind: 'operator.created',
      outcome: 'done',
      operator: { id: `gone-${code}`, code },
      details: { role: 'adjoint', by: 'first-run', allowedBy: 'administrator' },
    })

  it('is searched without accents nor case, each word being found anywhere', async () => {
    await add({ code: 'ZOE', firstName: 'Zoé', lastName: "D'Aubigné-Lœw" })
    await add({ code: '2', firstName: 'Anaïs', lastName: 'Éloi' })
    await add({ code: '3', firstName: 'Élodie', lastName: 'Martin' })
    const searches = ["AUBIGNE d'", 'loew zoe', 'eLO', 'elodie martin', 'martin elodie', 'élodie éloi', '']
    const founds: unknown[] = []
    for (const search of searches) founds.push(await find(search))
    expect(founds).toEqual([
      [1, 'ZOE'],
      [1, 'ZOE'],
      [2, '2 3'],
      [1, '3'],
      [1, '3'],
      [0, ''],
      [3, 'ZOE 2 3'],
    ])
  })

  it('is searched by code and by RPPS, however it is spaced', async () => {
    await add({ code: '1', lastName: 'Zola', rpps: { kind: 'rpps', digits: '99700218896' } })
    await add({ code: '12', lastName: 'Bizet' })
    await add({ code: 'A1', lastName: 'Auber', rpps: { kind: 'rpps', digits: '99700261797' } })
    expect(await find('99700261797')).toEqual([1, 'A1'])
    expect(await find('8 997 0026 1797')).toEqual([1, 'A1'])
    expect(await find('8896')).toEqual([1, '1'])
    // The exact code first, whatever the names.
    expect(await find('1')).toEqual([3, '1 A1 12'])
    expect(await find(' a1 ')).toEqual([1, 'A1'])
  })

  it('takes what looks like a pattern for what it is', async () => {
    await add({ code: '1', lastName: 'Cent_pour%cent' })
    await add({ code: '2', lastName: String.raw`Anti\slash` })
    expect([await find('%'), await find('_'), await find('\\'), await find("' or 1=1")]).toEqual([
      [1, '1'],
      [1, '1'],
      [1, '2'],
      [0, ''],
    ])
  })

  it('comes page by page, the exact code being on the first only', async () => {
    for (const code of ['10', '11', '12', '13', '1']) await add({ code, lastName: `Nom ${code}0` })
    const pages: unknown[] = []
    for (const offset of [0, 2, 4, 6]) pages.push(await find('1', 'all', offset, 2))
    expect(pages).toEqual([
      [5, '1 10'],
      [5, '11 12'],
      [5, '13'],
      [5, ''],
    ])
    expect(await find('1', 'all', 0, 1)).toEqual([5, '1'])
    expect(await find('1', 'all', 1, 1)).toEqual([5, '10'])
  })

  it('is shown by who may work or will, who may not, and who has left', async () => {
    await add({ code: 'HERE', lastName: 'a', lastDay: '2027-03-01' })
    await add({ code: 'SOON', lastName: 'b', firstDay: '2027-04-01' })
    await add({ code: 'SUSP', lastName: 'c', suspended: true })
    await add({ code: 'OVER', lastName: 'd', lastDay: '2027-02-28' })
    const { id } = await add({ code: 'GONE', lastName: 'e', lastDay: '2027-02-28' })
    await database.storage.write((trx) => operators.depart(trx, id))
    expect(await find('', 'team')).toEqual([2, 'HERE SOON'])
    expect(await find('', 'suspended')).toEqual([2, 'SUSP OVER'])
    expect(await find('', 'departed')).toEqual([1, 'GONE'])
    expect(await find('', 'all')).toEqual([5, 'HERE SOON SUSP OVER GONE'])
    expect(await find('gone', 'team')).toEqual([0, ''])
    expect((await operators.all()).map(({ operator }) => operator.code).join(' ')).toBe('HERE SOON SUSP OVER')
  })

  it('has a next code that is nobody’s and that no journal row refers to', async () => {
    expect(await operators.nextFreeCode()).toBe('1')
    await add({ code: '1' })
    await add({ code: 'PAT' })
    const { id } = await add({ code: '3' })
    await database.storage.write((trx) => operators.depart(trx, id))
    await refer('2')
    expect(await operators.nextFreeCode()).toBe('4')
    expect(await operators.takenCodes(['1', '2', '3', '4', 'PAT', 'NEW'])).toEqual(
      new Set(['1', '2', '3', 'PAT']),
    )
    expect(await operators.takenCodes([])).toEqual(new Set())
    expect(await operators.takenCodes(['5'])).toEqual(new Set())
  })

  it('says whose RPPS is taken, and who is a titulaire', async () => {
    await add({ code: '0', role: 'titulaire', rpps: { kind: 'rpps', digits: '99700218896' } })
    await add({ code: '1' })
    expect(await operators.takenRpps(['99700218896', '99700427885'])).toEqual(new Set(['99700218896']))
    expect(await operators.takenRpps([])).toEqual(new Set())
    expect((await operators.titulaires()).map(({ code }) => code)).toEqual(['0'])
    expect(await operators.memberById('nobody')).toBeNull()
  })

  it('foresees who is without RPPS, leaves or has a card that ends', async () => {
    const rpps = { kind: 'rpps', digits: '99700218896' } as const
    await add({ code: 'FINE', rpps })
    await add({ code: 'NONE', lastName: 'b' })
    await add({ code: 'PREP', role: 'preparateur' })
    await add({ code: 'LAST', lastName: 'c', role: 'preparateur', lastDay: '2027-03-15' })
    const { id } = await add({ code: 'CARD', lastName: 'd', role: 'preparateur' })
    await operators.setCardUntil(id, '2027-04-01')
    const asked = { roles: ['adjoint'] as const, lastDayBy: '2027-03-31', cardBy: '2027-04-30' }
    const members = await operators.toForesee(asked)
    expect(members.map(({ operator }) => operator.code)).toEqual(['NONE', 'LAST', 'CARD'])
    const sooner = { roles: ['titulaire'] as const, lastDayBy: '2027-03-14', cardBy: '2027-03-31' }
    expect(await operators.toForesee(sooner)).toEqual([])
  })

  it('tells the last times that somebody came in, newest first', async () => {
    const { id, code } = await add({ code: '1' })
    const other = await add({ code: '2' })
    const means = ['password', 'psc', 'password'] as const
    for (const each of means) {
      const operator = { id, code }
      await journal.append({
        kind: 'identification.succeeded',
        outcome: 'done',
        operator,
        means: each,
        details: {},
      })
      await journal.append({
        kind: 'module.opened',
        outcome: 'done',
        operator,
        details: { kind: 'program' },
      })
    }
    await journal.append({
      kind: 'identification.succeeded',
      outcome: 'done',
      operator: { id: other.id, code: '2' },
      details: {},
    })
    const logins = await operators.lastLogins(id, 2)
    expect(logins).toMatchObject([
      { means: 'password', workstation: 'w' },
      { means: 'psc', workstation: 'w' },
    ])
    expect(await operators.lastLogins(id, 10)).toHaveLength(3)
    expect(await operators.lastLogins('nobody', 10)).toEqual([])
  })
})
