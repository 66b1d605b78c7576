import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OperatorForm } from '../ipc/operator-views.ts'
import { openTestSqlite } from '../storage/testing/engines.ts'
import type { Operator } from './operator.ts'
import { as, formOf, newForm, openPharmacy, reference, type Pharmacy } from './testing/team.ts'

let pharmacy: Pharmacy
beforeEach(async () => {
  pharmacy = await openPharmacy(openTestSqlite)
})
afterEach(async () => {
  // Whatever was refused has left nothing behind.
  expect([await pharmacy.rows(), pharmacy.told]).toEqual([[], []])
  await pharmacy.database.dispose()
})

/** Everything that one operator could try on another. */
function tries(actor: Operator, target: Operator): Promise<unknown>[] {
  const { management, write } = pharmacy
  const by = as(actor)
  const actions = ['suspend', 'resume', 'depart', 'unblock', 'unlink-rpps'] as const
  const edited = { id: target.id, seen: '', form: formOf(target, { firstName: 'Zoé' }) }
  return [
    ...actions.map((action) => write((trx) => management.act(trx, by, target.id, action, reference))),
    write((trx) => management.resetPassword(trx, by, target.id, '$argon2id$mine', reference)),
    write((trx) => management.change(trx, by, edited, reference)),
  ]
}
const create = (actor: Operator, form: Partial<OperatorForm>) =>
  pharmacy.write((trx) =>
    pharmacy.management.create(trx, as(actor), { ...newForm, ...form }, '$argon2id$mine', reference),
  )
const change = async (actor: Operator, target: Operator, form: Partial<OperatorForm>) => {
  const seen = (await pharmacy.operators.memberById(target.id))?.changedAt ?? ''
  const edited = { id: target.id, seen, form: formOf(target, form) }
  return pharmacy.write((trx) => pharmacy.management.change(trx, as(actor), edited, reference))
}
async function allRefused(attempts: readonly Promise<unknown>[], code: string): Promise<void> {
  for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code })
}

describe('managing the team is refused', () => {
  it('to who has not the right, whatever it is', async () => {
    await allRefused(tries(pharmacy.preparateur, pharmacy.manager), 'right-needed')
    await allRefused([create(pharmacy.preparateur, {})], 'right-needed')
  })

  it('to who had it when the page was opened, and has it no more', async () => {
    const { manager, preparateur, operators, write } = pharmacy
    const { role, firstName, lastName, firstDay, lastDay } = manager
    await write((trx) =>
      operators.update(trx, manager.id, { role, firstName, lastName, firstDay, lastDay, rights: [] }),
    )
    await allRefused(tries(manager, preparateur), 'right-needed')
  })

  it('to who was suspended, or whose last day is past', async () => {
    const { manager, preparateur, operators, write } = pharmacy
    await write((trx) => operators.suspend(trx, manager.id))
    await allRefused(tries(manager, preparateur), 'right-needed')
    await write((trx) => operators.resume(trx, manager.id))
    const over = await pharmacy.add({ code: '7', role: 'titulaire', lastDay: '2027-02-28' })
    await allRefused(tries(over, preparateur), 'right-needed')
  })

  it('to anybody but a titulaire, where a titulaire is concerned', async () => {
    await allRefused(tries(pharmacy.manager, pharmacy.titulaire), 'titulaire-needed')
    await allRefused([create(pharmacy.manager, { role: 'titulaire' })], 'titulaire-needed')
    await allRefused(
      [
        change(pharmacy.manager, pharmacy.preparateur, { role: 'titulaire' }),
        change(pharmacy.manager, pharmacy.manager, { role: 'titulaire' }),
      ],
      'titulaire-needed',
    )
  })

  it('to who would give rights, or come in as somebody who has more of them', async () => {
    const { manager, preparateur } = pharmacy
    const reader = await pharmacy.add({ code: '8', rights: ['read-journal'] })
    await allRefused(
      [
        create(manager, { rights: ['read-journal'] }),
        change(manager, preparateur, { rights: ['manage-operators'] }),
        change(manager, manager, { rights: ['manage-operators', 'read-journal'] }),
        change(manager, manager, { rights: [] }),
      ],
      'titulaire-needed',
    )
    await allRefused(tries(manager, reader), 'titulaire-needed')
  })

  it('to a manager who would change their own role or RPPS', async () => {
    const { manager, operators, management, write } = pharmacy
    const refused = [
      change(manager, manager, { role: 'preparateur' }),
      change(manager, manager, { rpps: '99700218896' }),
    ]
    await allRefused(refused, 'titulaire-needed')
    await write((trx) => operators.setRpps(trx, manager.id, { kind: 'rpps', digits: '99700218896' }))
    await allRefused(
      [
        change(manager, manager, { rpps: '' }),
        change(manager, manager, { rpps: '99700427885' }),
        write((trx) => management.act(trx, as(manager), manager.id, 'unlink-rpps', reference)),
      ],
      'titulaire-needed',
    )
  })

  it('where there is nobody', async () => {
    const nobody = { ...pharmacy.preparateur, id: 'nobody' }
    await allRefused(tries(pharmacy.titulaire, nobody), 'operator-unknown')
    await allRefused(tries({ ...pharmacy.titulaire, id: 'nobody' }, pharmacy.preparateur), 'right-needed')
  })
})
