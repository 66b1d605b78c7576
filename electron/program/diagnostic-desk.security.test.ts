import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DiagnosticSite } from '../diagnostic/site.ts'
import { openCounter, refusalOf, type Counter } from '../identification/testing/counter.ts'
import type { Operator } from '../operators/operator.ts'
import { StorageError } from '../storage/storage-error.ts'
import { openTestSqlite, temporaryFolder, type TestDatabase } from '../storage/testing/engines.ts'
import { createDiagnosticDesk, type DiagnosticDesk } from './diagnostic-desk.ts'
import { healthySite } from './testing/diagnostic-site.ts'

const caller = { role: 'diagnostic', webContentsId: 7 } as const
const rpps = '99700261797'

/** A card that names somebody is in the reader. */
const withCard: Partial<DiagnosticSite> = {
  card: () =>
    Promise.resolve({
      kind: 'seen',
      snapshot: {
        cryptolib: null,
        readers: ['Lecteur'],
        events: true,
        state: {
          kind: 'card',
          remarks: [],
          card: {
            reader: 'Lecteur',
            label: 'CPS3v3-2800385266',
            model: 'CPS3',
            serial: '1',
            contactless: false,
            triesLeft: 3,
            certificate: {
              kind: 'read',
              holder: {
                type: 'CPS',
                firstName: 'PATRICIA',
                lastName: 'ADJOINTPHARM',
                nationalId: { kind: 'rpps', digits: rpps },
                title: null,
                cardNumber: '2800385266',
                issuer: { name: 'IGC-SANTE', chain: 'production' },
                profession: null,
                test: false,
                validFrom: '2025-01-01T00:00:00.000Z',
                validUntil: '2030-01-01T00:00:00.000Z',
              },
            },
          },
        },
      },
    }),
  operatorOf: () => Promise.resolve({ code: '1', firstName: 'Patricia', lastName: 'ADJOINTPHARM' }),
}

let database: TestDatabase
let place: Counter
let desk: DiagnosticDesk
let copied: string[]
let file: string | null
/** The disk of the journal. */
let full: boolean
/** The workstation cannot be looked at. */
let lost: boolean
/** Done while the system asks for a file. */
let meanwhile: () => void

beforeEach(async () => {
  database = await openTestSqlite()
  place = await openCounter(database)
  copied = []
  file = null
  full = false
  lost = false
  meanwhile = () => undefined
  desk = createDiagnosticDesk({
    settings: { pharmacy: { name: 'PHARMACIE DU TEST', finess: null }, support: { name: null, phone: null } },
    workstation: () => 'Comptoir 1',
    clock: place.clock,
    records: {
      operators: place.operators,
      journal: {
        append: (event) => (full ? Promise.reject(new StorageError('full')) : place.journal.append(event)),
      },
    },
    session: place.session,
    window: () => ({ push: () => undefined, window: () => null }),
    site: () => (lost ? Promise.reject(new Error('no site')) : Promise.resolve(healthySite(withCard))),
    ended: () => undefined,
    saveAs: () => {
      meanwhile()
      return Promise.resolve(file)
    },
    copy: (text) => copied.push(text),
  })
  await desk.look()
})
afterEach(() => database.dispose())

const comeIn = (operator: Operator): void => place.session.admit(operator, { kind: 'password' })
const name = (named = true) => Promise.resolve(desk.handlers.nameDiagnostic({ named }, caller))
const copy = () => Promise.resolve(desk.handlers.copyDiagnostic(undefined, caller))
const save = () => Promise.resolve(desk.handlers.saveDiagnostic(undefined, caller))
const shownTexts = (): string => JSON.stringify(desk.view().checks)
const written = async (): Promise<unknown[]> =>
  (await place.rows())
    .filter(({ kind }) => kind === 'diagnostic.named')
    .map(({ operatorCode, details }) => [operatorCode, details['to']])

describe('names and RPPS', () => {
  test('are masked for everybody, on the screen and in what is copied, and that is not journalled', async () => {
    await copy()
    for (const told of [shownTexts(), ...copied]) {
      expect(told).not.toContain(rpps)
      expect(told).not.toContain('ADJOINTPHARM')
    }
    expect(copied[0]).toContain(desk.view().code)
    expect(await written()).toEqual([])
  })

  test.each<[string, () => void, string]>([
    ['nobody connected', () => undefined, 'not-connected'],
    ['somebody without the right', () => comeIn(place.patricia), 'names-reserved'],
    [
      'a titulaire whose session is locked',
      () => {
        comeIn(place.titulaire)
        place.session.lock('switch')
      },
      'not-connected',
    ],
  ])('are refused to %s', async (_, arrange, code) => {
    arrange()
    expect((await refusalOf(name())).code).toBe(code)
    expect(desk.view().named).toBe(false)
    expect(shownTexts()).not.toContain(rpps)
  })

  test('are shown to the titulaire, and are journalled when they leave, before they do', async () => {
    comeIn(place.titulaire)
    await name()
    expect(shownTexts()).toContain(rpps)
    expect(await written()).toEqual([])
    await copy()
    expect(copied[0]).toContain('ADJOINTPHARM')
    file = path.join(await temporaryFolder(), 'rapport.txt')
    expect(await save()).toEqual({ name: 'rapport.txt' })
    expect(await readFile(file, 'utf8')).toBe(copied[0])
    const operatorCode = place.titulaire.code
    expect(await written()).toEqual([
      [operatorCode, 'clipboard'],
      [operatorCode, 'file'],
    ])
    await name(false)
    await copy()
    expect(copied[1]).not.toContain(rpps)
  })

  test('are masked again as soon as who asked for them leaves, is locked out, or gives their place', async () => {
    for (const leave of [
      () => place.session.end('disconnect'),
      () => place.session.lock('switch'),
      () => comeIn(place.patricia),
    ]) {
      comeIn(place.titulaire)
      await name()
      leave()
      expect(desk.view().named).toBe(false)
      await copy()
      expect(copied.at(-1)).not.toContain(rpps)
    }
    expect(await written()).toEqual([])
  })

  test('are masked again as soon as who asked for them may no longer see them', async () => {
    const adjoint: Operator = { ...place.patricia, rights: ['read-journal'] }
    await database.storage.write(async (trx) => {
      await trx.updateTable('operator').set({ reads_journal: 1 }).where('id', '=', adjoint.id).execute()
    })
    comeIn(adjoint)
    await name()
    expect(shownTexts()).toContain(rpps)
    place.session.operatorChanged(place.patricia, 'changed')
    expect(desk.view().named).toBe(false)
    expect(shownTexts()).not.toContain(rpps)
  })

  test('are not written to a file that was chosen after who asked for it had left', async () => {
    comeIn(place.titulaire)
    await name()
    file = path.join(await temporaryFolder(), 'rapport.txt')
    meanwhile = () => comeIn(place.patricia)
    expect((await refusalOf(save())).code).toBe('names-reserved')
    await expect(readFile(file)).rejects.toThrow('ENOENT')
    expect(await written()).toEqual([])
  })

  test('do not leave while the journal cannot say so', async () => {
    comeIn(place.titulaire)
    await name()
    full = true
    await expect(copy()).rejects.toThrow(StorageError)
    file = path.join(await temporaryFolder(), 'rapport.txt')
    await expect(save()).rejects.toThrow(StorageError)
    expect(copied).toEqual([])
    await expect(readFile(file)).rejects.toThrow('ENOENT')
  })
})

test('a report leaves only once everything has ended', async () => {
  desk.closed()
  const looking = desk.look()
  expect((await refusalOf(copy())).code).toBe('refused')
  expect((await refusalOf(save())).code).toBe('refused')
  await looking
  await copy()
  expect(copied).toHaveLength(1)
})

test('what cannot be written is told', async () => {
  file = path.join(await temporaryFolder(), 'absent', 'rapport.txt')
  expect((await refusalOf(save())).code).toBe('file-not-written')
})

test('what could not be looked at is looked at anew', async () => {
  desk.closed()
  lost = true
  await expect(desk.look()).rejects.toThrow('no site')
  expect(desk.view().endedAt).toBeNull()
  lost = false
  await desk.look()
  expect(desk.view().endedAt).not.toBeNull()
})
