import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Notice } from '../ipc/views.ts'
import { referenceOf } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { markDamaged } from '../storage/restore.ts'
import { tellNews } from './news.ts'
import type { Records } from './records.ts'
import { openSite, site, useSite } from './testing/site.ts'

useSite()

let records: Records
beforeEach(async () => {
  records = await openSite()
})
afterEach(() => records.storage.close())

const operator = (role: Operator['role']): Operator => ({
  id: role,
  code: '0',
  firstName: 'TEST',
  lastName: 'NEWS',
  role,
  rpps: null,
  suspended: false,
  firstDay: null,
  lastDay: null,
  rights: [],
})
/** Somebody comes in; resolves to what they are told. */
async function comesIn(role: Operator['role']): Promise<Notice | null> {
  const who = operator(role)
  const until = new Date().toISOString()
  await records.journal.append({
    kind: 'session.connected',
    outcome: 'done',
    operator: referenceOf(who),
    details: { until },
  })
  const told: Notice[] = []
  await tellNews({ records, notify: (notice) => void told.push(notice) }, who)
  return told[0] ?? null
}
const restored = () =>
  records.journal.append({
    kind: 'database.restored',
    outcome: 'done',
    details: { by: 'start', upTo: 1, hash: '0'.repeat(64), oldHead: null },
  })
const failed = (fault: 'full' | 'missing-folder') =>
  records.journal.append({ kind: 'database.backup-failed', outcome: 'failed', details: { fault } })
const backedUp = () =>
  records.journal.append({
    kind: 'database.backed-up',
    outcome: 'done',
    details: { by: 'program', upTo: 1, hash: '0'.repeat(64) },
  })

describe('a titulaire who comes in', () => {
  it('is told once of a backup that was taken', async () => {
    expect(await comesIn('titulaire')).toBeNull()
    await restored()
    const told = await comesIn('titulaire')
    expect(told).toMatchObject({
      tone: 'watch',
      text: expect.stringContaining('Une sauvegarde a été reprise'),
    })
    expect(await comesIn('titulaire')).toBeNull()
  })

  it('is told each time that the last backup could not be made, until one is', async () => {
    await backedUp()
    await failed('full')
    const told = expect.stringContaining('Libérez de la place')
    expect(await comesIn('titulaire')).toMatchObject({ tone: 'mend', remedy: told })
    expect(await comesIn('titulaire')).toMatchObject({ tone: 'mend', remedy: told })
    await backedUp()
    expect(await comesIn('titulaire')).toBeNull()
  })

  it('is told of both at once', async () => {
    await restored()
    await failed('missing-folder')
    const text = expect.stringMatching(/Une sauvegarde a été reprise.*La sauvegarde du jour n'a pas pu/u)
    expect(await comesIn('titulaire')).toMatchObject({ tone: 'mend', text })
  })
})

describe('anybody else who comes in', () => {
  it('is told of none of it', async () => {
    await restored()
    await failed('full')
    expect(await comesIn('preparateur')).toBeNull()
  })

  it('is told that the database is damaged', async () => {
    await markDamaged(site.database)
    const text = 'La base de Comptoir est abîmée.'
    expect(await comesIn('preparateur')).toMatchObject({ tone: 'mend', text })
    expect(await comesIn('titulaire')).toMatchObject({ tone: 'mend', text })
  })
})
