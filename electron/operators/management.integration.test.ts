import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OperatorForm } from '../ipc/operator-views.ts'
import { engines } from '../storage/testing/engines.ts'
import type { Operator } from './operator.ts'
import { administrator, as, formOf, newForm, openPharmacy, reference, type Pharmacy } from './testing/team.ts'

describe.each(engines)('managing the team on $name', ({ open }) => {
  let pharmacy: Pharmacy
  beforeEach(async () => {
    pharmacy = await openPharmacy(open)
  })
  afterEach(() => pharmacy.database.dispose())

  const create = (form: Partial<OperatorForm>, actor = as(pharmacy.titulaire)) =>
    pharmacy.write((trx) =>
      pharmacy.management.create(trx, actor, { ...newForm, ...form }, '$argon2id$new', reference),
    )
  const change = async (operator: Operator, form: Partial<OperatorForm>, actor = as(pharmacy.titulaire)) => {
    const seen = (await pharmacy.operators.memberById(operator.id))?.changedAt ?? ''
    const edited = { id: operator.id, seen, form: formOf(operator, form) }
    return pharmacy.write((trx) => pharmacy.management.change(trx, actor, edited, reference))
  }

  it('creates somebody whose password is provisional', async () => {
    const made = await create({ code: ' pat ', firstName: ' Marie  Jo ', rpps: '8 997 0021 8896' })
    expect(made).toMatchObject({ code: 'PAT', firstName: 'Marie Jo', suspended: false })
    expect(made.rpps?.digits).toBe('99700218896')
    expect(await pharmacy.operators.byCode('PAT')).toEqual(made)
    expect(await pharmacy.operators.isProvisional(made.id)).toBe(true)
    expect(await pharmacy.operators.passwordHashOf(made.id)).toBe('$argon2id$new')
    const [row] = await pharmacy.journal.rows()
    expect(row).toMatchObject({
      kind: 'operator.created',
      operatorId: pharmacy.titulaire.id,
      reference,
      details: { by: 'operator', role: 'preparateur', target: { id: made.id, code: 'PAT' } },
    })
  })

  it('holds against nobody what was typed of their code before', async () => {
    for (let failures = 0; failures < 10; failures += 1) {
      await pharmacy.write((trx) => pharmacy.throttle.recordFailure(trx, '3'))
    }
    await create({})
    expect(await pharmacy.throttle.verdict('3')).toEqual({ kind: 'free' })
    expect(await pharmacy.rows()).toEqual(['operator.created 3 by 0'])
  })

  it('refuses what is not a code, a name, an RPPS or dates', async () => {
    const faults: [Partial<OperatorForm>, string][] = [
      [{ code: 'TOOLONG' }, 'le code opérateur'],
      [{ firstName: '  ' }, 'les noms'],
      [{ lastName: 'a'.repeat(81) }, 'les noms'],
      [{ lastName: 'a\u202Eb' }, 'les noms'],
      [{ rpps: '123' }, 'le RPPS'],
      [{ firstDay: '2027-03-02', lastDay: '2027-03-01' }, 'les dates'],
    ]
    for (const [form, detail] of faults) {
      await expect(create(form)).rejects.toMatchObject({ code: 'invalid-operator', parameters: { detail } })
    }
    expect(await pharmacy.rows()).toEqual([])
  })

  it('keeps codes and RPPS for one operator each', async () => {
    await create({ rpps: '99700218896' })
    await expect(create({ rpps: '' })).rejects.toMatchObject({ code: 'code-taken', reference })
    await expect(create({ code: '4', rpps: '899700218896' })).rejects.toMatchObject({
      code: 'rpps-of-another',
    })
    await expect(change(pharmacy.manager, { rpps: '99700218896' })).rejects.toMatchObject({
      code: 'rpps-of-another',
    })
    expect(await pharmacy.rows()).toEqual(['operator.created 3 by 0'])
  })

  it('changes what a form says, with a row of what is not as it was', async () => {
    const { preparateur } = pharmacy
    const dates = { firstDay: '2027-01-01', lastDay: '2027-12-31' }
    const changed = await change(preparateur, { ...dates, role: 'etudiant', rights: ['read-journal'] })
    expect(changed).toEqual({ ...preparateur, ...dates, role: 'etudiant', rights: ['read-journal'] })
    expect(pharmacy.told).toEqual([{ code: '2', effect: 'changed' }])
    const [row] = await pharmacy.journal.rows()
    expect(row).toMatchObject({
      kind: 'operator.changed',
      details: { changed: ['role', 'dates', 'rights'], role: 'etudiant', rights: ['read-journal'] },
    })
    // The same again changes nothing, and says nothing.
    await change(changed, {})
    expect(await pharmacy.rows()).toHaveLength(1)
  })

  it('says which RPPS goes and which comes', async () => {
    const rpps = { kind: 'rpps', digits: '99700218896' } as const
    const somebody = await pharmacy.add({ code: '5', rpps })
    const other = await change(somebody, { rpps: '99700427885' })
    await change(other, { rpps: '' })
    expect(await pharmacy.operators.byId(somebody.id)).toMatchObject({ rpps: null })
    const rows = await pharmacy.journal.rows()
    expect(rows.map(({ kind, details }) => [kind, details['rpps']])).toEqual([
      ['operator.rpps-unlinked', '99700218896'],
      ['operator.rpps-set', '99700427885'],
      ['operator.rpps-unlinked', '99700427885'],
    ])
  })

  it('refuses to change what somebody else has changed meanwhile', async () => {
    const { preparateur, titulaire } = pharmacy
    const seen = (await pharmacy.operators.memberById(preparateur.id))?.changedAt ?? ''
    await change(preparateur, { lastName: 'AUTRE' })
    const edited = { id: preparateur.id, seen, form: formOf(preparateur, { firstName: 'Jean' }) }
    const late = pharmacy.write((trx) => pharmacy.management.change(trx, as(titulaire), edited, reference))
    await expect(late).rejects.toMatchObject({ code: 'operator-changed' })
    expect(await pharmacy.operators.byCode('2')).toMatchObject({ firstName: 'Paul', lastName: 'AUTRE' })
  })

  it('gives a titulaire no right apart: none is left when they have another role', async () => {
    const { id } = await create({ role: 'titulaire', rights: ['read-journal'] })
    const made = await pharmacy.operators.byId(id)
    expect(made).toMatchObject({ role: 'titulaire', rights: [] })
  })

  it('does not change a code, which the journal refers to', async () => {
    await expect(change(pharmacy.preparateur, { code: '7' })).rejects.toMatchObject({
      code: 'invalid-operator',
    })
  })

  it('suspends, resumes and unlinks, once each', async () => {
    const rpps = { kind: 'rpps', digits: '99700218896' } as const
    const { id } = await pharmacy.add({ code: '5', rpps })
    const actions = ['suspend', 'suspend', 'resume', 'resume', 'unlink-rpps', 'unlink-rpps'] as const
    for (const action of actions) {
      await pharmacy.write((trx) => pharmacy.management.act(trx, as(pharmacy.manager), id, action, reference))
    }
    expect(await pharmacy.rows()).toEqual([
      'operator.suspended 5 by 1',
      'operator.resumed 5 by 1',
      'operator.rpps-unlinked 5 by 1',
    ])
    expect(pharmacy.told).toHaveLength(3)
    expect(await pharmacy.operators.byId(id)).toMatchObject({ suspended: false, rpps: null })
  })

  it('lets somebody depart for good: nothing of them is changed any more', async () => {
    const rpps = { kind: 'rpps', digits: '99700218896' } as const
    const { id } = await pharmacy.add({ code: '5', rpps, rights: ['read-journal'] })
    const act = (action: 'depart' | 'resume') =>
      pharmacy.write((trx) => pharmacy.management.act(trx, as(pharmacy.titulaire), id, action, reference))
    expect(await act('depart')).toMatchObject({ suspended: true, rpps: null, rights: [] })
    await expect(act('resume')).rejects.toMatchObject({ code: 'operator-departed' })
    await expect(act('depart')).rejects.toMatchObject({ code: 'operator-departed' })
    expect(await create({ code: '6', rpps: '99700218896' })).toMatchObject({ code: '6' })
    await expect(create({ code: '5' })).rejects.toMatchObject({ code: 'code-taken' })
    expect(await pharmacy.rows()).toEqual(['operator.departed 5 by 0', 'operator.created 6 by 0'])
  })

  it('lifts a block, alone or with a new password', async () => {
    const { preparateur, throttle, management } = pharmacy
    const block = async () => {
      for (let failures = 0; failures < 10; failures += 1) {
        await pharmacy.write((trx) => throttle.recordFailure(trx, '2'))
      }
      expect(await throttle.blockedAmong(['1', '2', '3'])).toEqual(new Set(['2']))
    }
    await block()
    await pharmacy.write((trx) => management.act(trx, administrator, preparateur.id, 'unblock', reference))
    expect(await throttle.blockedAmong(['1', '2', '3'])).toEqual(new Set())
    await block()
    await pharmacy.write((trx) =>
      management.resetPassword(trx, administrator, preparateur.id, '$argon2id$given', reference),
    )
    expect(await throttle.blockedAmong(['2'])).toEqual(new Set())
    expect(await pharmacy.operators.isProvisional(preparateur.id)).toBe(true)
    expect(await pharmacy.operators.passwordHashOf(preparateur.id)).toBe('$argon2id$given')
    expect(await pharmacy.rows()).toEqual([
      'operator.unblocked 2 by -',
      'operator.password-reset 2 by -',
      'operator.unblocked 2 by -',
    ])
    const [row] = await pharmacy.journal.rows()
    expect(row?.details).toMatchObject({ by: 'command', osAccount: 'SYSTEM', authorisedBy: null })
    expect(pharmacy.told).toEqual([
      { code: '2', effect: 'changed' },
      { code: '2', effect: 'password-reset' },
    ])
  })

  it('lifts no wait: nothing was blocked, nothing is said', async () => {
    const { preparateur, throttle, management } = pharmacy
    for (let failures = 0; failures < 9; failures += 1) {
      await pharmacy.write((trx) => throttle.recordFailure(trx, '2'))
    }
    await pharmacy.write((trx) => management.act(trx, administrator, preparateur.id, 'unblock', reference))
    expect([await pharmacy.rows(), pharmacy.told]).toEqual([[], []])
    expect(await throttle.verdict('2')).toMatchObject({ kind: 'wait' })
    // One more blocks it: the nine still count.
    await pharmacy.write((trx) => throttle.recordFailure(trx, '2'))
    expect(await throttle.verdict('2')).toMatchObject({ kind: 'blocked' })
    expect(await pharmacy.write((trx) => throttle.isBlocked(trx, '2'))).toBe(true)
  })

  it('keeps the last active titulaire', async () => {
    const { titulaire, management, operators } = pharmacy
    const act = (id: string, action: 'suspend' | 'depart') =>
      pharmacy.write((trx) => management.act(trx, as(titulaire), id, action, reference))
    const lastOne = { code: 'last-titulaire', reference }
    await expect(act(titulaire.id, 'suspend')).rejects.toMatchObject(lastOne)
    await expect(act(titulaire.id, 'depart')).rejects.toMatchObject(lastOne)
    await expect(change(titulaire, { role: 'adjoint' })).rejects.toMatchObject(lastOne)
    await expect(change(titulaire, { lastDay: '2027-06-30' })).rejects.toMatchObject(lastOne)
    expect(await operators.byId(titulaire.id)).toEqual(titulaire)
    expect([await pharmacy.rows(), pharmacy.told]).toEqual([[], []])
    // Another one from July on takes the place.
    const next = await pharmacy.add({ code: '9', role: 'titulaire', firstDay: '2027-07-01' })
    await expect(act(titulaire.id, 'suspend')).rejects.toMatchObject(lastOne)
    expect(await change(titulaire, { lastDay: '2027-06-30' })).toMatchObject({ lastDay: '2027-06-30' })
    await expect(act(next.id, 'suspend')).rejects.toMatchObject(lastOne)
  })

  it('undoes the row with what it records, and tells nobody', async () => {
    const undone = pharmacy.write(async (trx) => {
      const { management, titulaire, preparateur } = pharmacy
      await management.act(trx, as(titulaire), preparateur.id, 'suspend', reference)
      throw new Error('the disk is full')
    })
    await expect(undone).rejects.toThrow('the disk is full')
    expect([await pharmacy.rows(), pharmacy.told]).toEqual([[], []])
    expect(await pharmacy.operators.byCode('2')).toMatchObject({ suspended: false })
  })
})
