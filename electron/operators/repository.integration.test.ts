import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { createJournal } from '../journal/journal.ts'
import { StorageError } from '../storage/storage-error.ts'
import type { Transaction } from '../storage/storage.ts'
import { engines, settableClock } from '../storage/testing/engines.ts'
import type { TestDatabase } from '../storage/testing/engines.ts'
import { isActive, type Operator } from './operator.ts'
import { createOperatorRepository } from './repository.ts'
import type { NewOperator, OperatorRepository } from './repository.ts'

const patricia: NewOperator = {
  code: '1',
  firstName: 'Patricia',
  lastName: 'ADJOINTPHARM',
  role: 'adjoint',
  rpps: { kind: 'rpps', digits: '99700261797' },
  suspended: false,
  firstDay: '2026-01-01',
  lastDay: null,
  rights: [],
  passwordHash: '$argon2id$…',
}
const without = { ...patricia, code: '2', rpps: null, suspended: true }

describe.each(engines)('operators on $name', ({ open }) => {
  let database: TestDatabase
  let operators: OperatorRepository
  beforeEach(async () => {
    database = await open()
    operators = createOperatorRepository({ storage: database.storage, clock: systemClock })
  })
  afterEach(() => database.dispose())

  const insert = (operator: NewOperator) => database.storage.write((trx) => operators.insert(trx, operator))

  const inserted = async (operator: NewOperator): Promise<Operator> => {
    const insertion = await insert(operator)
    if (insertion.kind !== 'inserted') throw new Error(insertion.kind)
    return insertion.operator
  }

  it('are found by code, id and RPPS as they were inserted', async () => {
    const inserted = await insert(patricia)
    if (inserted.kind !== 'inserted') throw new Error(inserted.kind)
    const { passwordHash, ...names } = patricia
    expect(inserted.operator).toEqual({ ...names, id: inserted.operator.id })
    expect(await operators.byCode('1')).toEqual(inserted.operator)
    expect(await operators.byId(inserted.operator.id)).toEqual(inserted.operator)
    expect(await operators.byRpps({ kind: 'rpps', digits: '99700261797' })).toEqual(inserted.operator)
    expect(await operators.passwordHashOf(inserted.operator.id)).toBe(passwordHash)
    expect(await operators.count()).toBe(1)
  })

  it('may have no RPPS, several of them too', async () => {
    await insert(without)
    await insert({ ...without, code: '3' })
    expect(await operators.byCode('3')).toMatchObject({ rpps: null, suspended: true })
    expect(await operators.count()).toBe(2)
  })

  it('are not found when they are not there', async () => {
    expect(await operators.byCode('9')).toBeNull()
    expect(await operators.byId('9')).toBeNull()
    expect(await operators.byRpps({ kind: 'rpps', digits: '10000000000' })).toBeNull()
    expect(await operators.passwordHashOf('9')).toBeNull()
  })

  it('share neither code nor RPPS', async () => {
    await insert(patricia)
    expect(await insert({ ...patricia, rpps: null })).toEqual({ kind: 'code-taken' })
    expect(await insert({ ...patricia, code: '2' })).toEqual({ kind: 'rpps-taken' })
    expect(await operators.count()).toBe(1)
  })

  it('do not take a code that journal rows refer to', async () => {
    const journal = createJournal({ storage: database.storage, clock: systemClock, workstation: 'w' })
    await journal.append({
      kind: 'operator.created',
      outcome: 'done',
      operator: { id: 'gone', code: 'PAT' },
      details: { role: 'adjoint', by: 'first-run', allowedBy: 'administrator' },
    })
    expect(await insert({ ...patricia, code: 'PAT' })).toEqual({ kind: 'code-taken' })
  })

  it('have one first, even when two are created at once', async () => {
    const outcomes = await Promise.all(
      [patricia, without].map((operator) =>
        database.storage.write((trx) => operators.insertFirst(trx, operator)),
      ),
    )
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['inserted', 'not-first'])
    expect(await operators.count()).toBe(1)
  })

  it('are not created when what goes with them is not written', async () => {
    const attempt = database.storage.write(async (trx) => {
      await operators.insert(trx, patricia)
      throw new Error('the journal refused')
    })
    await expect(attempt).rejects.toThrow('the journal refused')
    expect(await operators.count()).toBe(0)
  })

  it('keep what is searched in, and their version, with each change', async () => {
    const { id } = await inserted(patricia)
    const version = async () => (await operators.memberById(id))?.changedAt ?? ''
    const versions = [await version()]
    const change = async (work: (trx: Transaction) => Promise<void>): Promise<void> => {
      await database.storage.write(work)
      versions.push(await version())
    }
    const { role, firstDay, lastDay } = patricia
    const names = { firstName: 'Zoé', lastName: "D'Aubigné-Lœw" }
    await change((trx) =>
      operators.update(trx, id, { ...names, role, firstDay, lastDay, rights: ['read-journal'] }),
    )
    await change((trx) => operators.setRpps(trx, id, { kind: 'rpps', digits: '99700218896' }))
    await change((trx) => operators.setPasswordHash(trx, id, '$argon2id$other', true))
    await change((trx) => operators.suspend(trx, id))
    expect(versions).toEqual([...new Set(versions)].sort())
    expect(await operators.byId(id)).toMatchObject({ ...names, rights: ['read-journal'], suspended: true })
    const found = (search: string) =>
      operators.search({ search, shown: 'all', offset: 0, limit: 10 }).then(({ total }) => total)
    expect(await Promise.all(['aubigne loew', '8896', 'Patricia', '99700261797'].map(found))).toEqual([
      1, 1, 0, 0,
    ])
  })

  it('have another version even when the clock was set back', async () => {
    const clock = settableClock('2027-03-01T10:00:00.000Z')
    operators = createOperatorRepository({ storage: database.storage, clock })
    const { id } = await inserted(patricia)
    clock.set('2027-02-01T10:00:00.000Z')
    await database.storage.write((trx) => operators.suspend(trx, id))
    expect((await operators.memberById(id))?.changedAt).toBe('2027-03-01T10:00:00.001Z')
  })

  it('have a provisional password until they choose another', async () => {
    const { id } = await inserted({ ...patricia, provisional: true })
    expect(await operators.isProvisional(id)).toBe(true)
    await database.storage.write((trx) => operators.setPasswordHash(trx, id, '$argon2id$own'))
    expect(await operators.isProvisional(id)).toBe(false)
    expect(await database.storage.write((trx) => operators.isProvisionalIn(trx, id))).toBe(false)
    await database.storage.write((trx) => operators.setPasswordHash(trx, id, '$argon2id$given', true))
    expect(await operators.isProvisional(id)).toBe(true)
    expect(await operators.isProvisional('nobody')).toBe(false)
  })

  it('are told once, and their card is remembered, without another version', async () => {
    const { id } = await inserted(patricia)
    const before = await operators.memberById(id)
    expect(await operators.isTold(id)).toBe(false)
    await database.storage.write((trx) => operators.markTold(trx, id))
    await operators.setCardUntil(id, '2027-05-01')
    await operators.setCardUntil(id, '2027-05-01')
    expect(await operators.isTold(id)).toBe(true)
    expect(await operators.isTold('nobody')).toBe(false)
    expect(await operators.memberById(id)).toEqual({ ...before, cardUntil: '2027-05-01' })
  })

  it('leave without rights nor RPPS, and their code stays taken', async () => {
    const { id } = await inserted({ ...patricia, rights: ['manage-operators'] })
    await database.storage.write((trx) => operators.depart(trx, id))
    const gone = await operators.byCode('1')
    expect(gone).toMatchObject({ id, suspended: true, rpps: null, rights: [] })
    expect(gone === null || isActive(gone, new Date())).toBe(false)
    expect((await operators.memberById(id))?.departedAt).toMatch(/Z$/u)
    expect(await operators.byRpps({ kind: 'rpps', digits: '99700261797' })).toBeNull()
    expect(await insert({ ...patricia, rpps: null })).toEqual({ kind: 'code-taken' })
    expect(await insert({ ...patricia, code: '2' })).toMatchObject({ kind: 'inserted' })
  })

  it('of an unknown role have no rights: the row is damaged', async () => {
    await insert(patricia)
    await database.storage.write((trx) => trx.updateTable('operator').set({ role: 'roi' }).execute())
    await expect(operators.byCode('1')).rejects.toMatchObject({ kind: 'corrupt' })
  })

  it('reject with StorageError once the database is closed', async () => {
    await database.storage.close()
    await expect(operators.byCode('1')).rejects.toBeInstanceOf(StorageError)
    await expect(insert(patricia)).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('reject with StorageError when a statement is refused', async () => {
    await database.storage.write((trx) => trx.schema.dropTable('operator').execute())
    await expect(operators.count()).rejects.toBeInstanceOf(StorageError)
    await expect(insert(patricia)).rejects.toBeInstanceOf(StorageError)
  })
})
