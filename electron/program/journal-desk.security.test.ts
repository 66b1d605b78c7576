import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openCounter, refusalOf, right, type Counter } from '../identification/testing/counter.ts'
import type { Caller } from '../ipc/answer.ts'
import { everyRow, type JournalFilter } from '../journal/filter.ts'
import type { Operator } from '../operators/operator.ts'
import { StorageError } from '../storage/storage-error.ts'
import { openTestSqlite, temporaryFolder, type TestDatabase } from '../storage/testing/engines.ts'
import { createConnectionsDesk, type ConnectionsDesk } from './connections-desk.ts'
import { createEntitled } from './entitled.ts'
import { createJournalDesk, type JournalDesk } from './journal-desk.ts'
import type { StorageWorker } from './storage-tasks.ts'
import { createWork } from './storage-work.ts'

const caller: Caller = { role: 'journal', webContentsId: 7 }
const later: Caller = { ...caller, webContentsId: 8 }
const settings = {
  pharmacy: { name: 'PHARMACIE DU TEST', finess: null },
  modules: [],
  journal: { retentionMonths: 12, retentionReason: null },
}
const page = { upTo: null, offset: 0, limit: 100 }

let database: TestDatabase
let place: Counter
/** In whose name the windows that call are open. */
let owner: Operator | null
let file: string | null
let copied: string[]
let handlers: JournalDesk['handlers']
let own: ConnectionsDesk['handlers']

beforeEach(async () => {
  database = await openTestSqlite()
  place = await openCounter(database)
  owner = place.titulaire
  file = null
  copied = []
  const work = createWork(() => Promise.resolve(database.storage))
  const worker: StorageWorker = {
    run: (task, args, { signal, onProgress = () => undefined } = {}) =>
      work[task](args, { signal: signal ?? new AbortController().signal, onProgress }),
    close: () => Promise.resolve(),
  }
  const builtIns = { ownerOf: () => owner, push: () => undefined, windowOf: () => null }
  const entitled = createEntitled({ clock: place.clock, records: place, session: place.session, builtIns })
  const parts = {
    settings,
    workstation: () => 'Comptoir 1',
    clock: place.clock,
    records: place,
    entitled,
    worker,
  }
  ;({ handlers } = createJournalDesk({
    ...parts,
    builtIns,
    readHead: () => Promise.resolve({ kind: 'no-keychain' }),
    saveAs: () => Promise.resolve(file),
    copy: (text) => copied.push(text),
  }))
  ;({ handlers: own } = createConnectionsDesk({ ...parts, changeOwnPassword: place.changeOwnPassword }))
})
afterEach(() => database.dispose())

function comeIn(operator: Operator): void {
  place.session.admit(operator, { kind: 'password' })
}
const about = (operator: Operator): JournalFilter => ({ ...everyRow, operator: operator.id })
const rowsFor = (filter: JournalFilter, from = caller) =>
  Promise.resolve(handlers.journalRows({ ...page, filter }, from))

const exportTo = () =>
  Promise.resolve(handlers.exportJournal({ filter: about(place.kit), format: 'jsonl' }, caller))

/** Every call that reads the journal, or does something with it. */
function everyCall(): (() => unknown)[] {
  return [
    () => handlers.journalRows({ ...page, filter: everyRow }, caller),
    () => handlers.journalCount({ filter: everyRow, upTo: null }, caller),
    () => handlers.journalHead(undefined, caller),
    () => handlers.journalPeople({ search: '' }, caller),
    () => handlers.verifyJournal(undefined, caller),
    () => handlers.exportJournal({ filter: everyRow, format: 'csv' }, caller),
    () => handlers.extractJournal({ filter: everyRow, reason: 'contrôle' }, caller),
    () => handlers.copyReference({ reference: 'AAA-AAA' }, caller),
  ]
}

async function refusals(): Promise<Set<string>> {
  const codes = new Set<string>()
  for (const call of everyCall()) codes.add((await refusalOf(Promise.resolve().then(call))).code)
  return codes
}

const written = async (): Promise<string[]> =>
  (await place.rows()).map(({ kind }) => kind).filter((kind) => kind.startsWith('journal.'))

describe('nothing of « Journal » answers', () => {
  test.each<[string, () => void | Promise<void>, string]>([
    ['a window that is none of its own', () => (owner = null), 'not-connected'],
    ['an operator who is not connected', () => undefined, 'not-connected'],
    ['another than who is connected', () => comeIn(place.kit), 'not-connected'],
    [
      'an operator whose session is locked',
      () => {
        comeIn(place.titulaire)
        place.session.lock('switch')
      },
      'not-connected',
    ],
    [
      'a role without the right',
      () => {
        owner = place.patricia
        comeIn(place.patricia)
      },
      'right-needed',
    ],
    [
      'a right to manage the team alone',
      async () => {
        await place.giveRight(place.patricia, 'manage-operators')
        owner = place.patricia
        comeIn(place.patricia)
      },
      'right-needed',
    ],
    [
      'a right that was lost since the window opened',
      async () => {
        comeIn(place.titulaire)
        await rowsFor(everyRow)
        await place.giveRole(place.titulaire, 'adjoint')
      },
      'right-needed',
    ],
  ])('%s', async (_, prepare, code) => {
    file = '/nowhere/journal.csv'
    await prepare()
    const before = await place.rows()
    expect(await refusals()).toEqual(new Set([code]))
    expect(await place.rows()).toEqual(before)
    expect(copied).toEqual([])
  })

  test('who was given the right reads', async () => {
    await place.giveRight(place.patricia, 'read-journal')
    owner = place.patricia
    comeIn(place.patricia)
    expect((await rowsFor(everyRow)).length).toBeGreaterThan(0)
  })
})

describe('what is read is written first', () => {
  beforeEach(() => comeIn(place.titulaire))

  test('once per opening, and once per person looked at', async () => {
    const [newest] = await rowsFor(everyRow)
    expect(newest).toMatchObject({ kind: 'journal.read', operator: { id: place.titulaire.id } })
    await Promise.all([rowsFor(about(place.kit)), rowsFor(about(place.kit)), rowsFor(everyRow)])
    await handlers.journalCount({ filter: about(place.kit), upTo: null }, caller)
    await rowsFor(about(place.patricia))
    await rowsFor(about(place.kit), later)
    const rows = (await place.rows()).filter(({ kind }) => kind.startsWith('journal.'))
    expect(rows.map(({ kind, details }) => [kind, details])).toEqual([
      ['journal.read', {}],
      ['journal.filtered', { target: { id: place.kit.id, code: place.kit.code } }],
      ['journal.filtered', { target: { id: place.patricia.id, code: place.patricia.code } }],
      ['journal.read', {}],
      ['journal.filtered', { target: { id: place.kit.id, code: place.kit.code } }],
    ])
  })

  test('two calls made together are one opening', async () => {
    await Promise.all([rowsFor(everyRow), rowsFor(everyRow), handlers.journalPeople({ search: '' }, caller)])
    expect(await written()).toEqual(['journal.read'])
  })

  test('what cannot be written is not read, and is written the next time', async () => {
    const full = vi.spyOn(database.storage, 'write').mockRejectedValue(new StorageError('full'))
    await expect(rowsFor(everyRow)).rejects.toThrow('storage: full')
    full.mockRestore()
    await rowsFor(about(place.kit))
    expect(await written()).toEqual(['journal.read', 'journal.filtered'])
  })

  test('nobody who never was can be looked at', async () => {
    expect((await refusalOf(rowsFor({ ...everyRow, operator: 'x' }))).code).toBe('operator-unknown')
    expect(await written()).toEqual(['journal.read'])
  })
})

describe('an export', () => {
  beforeEach(() => comeIn(place.titulaire))

  test('is a file only once it is in the journal', async () => {
    const folder = await temporaryFolder()
    file = path.join(folder, 'journal.jsonl')
    const append = vi.spyOn(place.journal, 'append')
    append.mockImplementation((event) =>
      event.kind === 'journal.exported' ? Promise.reject(new StorageError('full')) : Promise.resolve(),
    )
    await expect(exportTo()).rejects.toThrow('storage: full')
    expect(await readdir(folder)).toEqual([])
    append.mockRestore()
    const done = await exportTo()
    expect(done?.name).toBe('journal.jsonl')
    expect(await readdir(folder)).toEqual(['journal.jsonl'])
    const lines = (await readFile(file, 'utf8')).trim().split('\n')
    expect(lines).toHaveLength((done?.rows ?? 0) + 1)
    expect(await written()).toContain('journal.exported')
  })

  test('is not made for who left while the file was being chosen', async () => {
    const folder = await temporaryFolder()
    const leaving = rowsFor(everyRow).then(() => {
      file = path.join(folder, 'journal.csv')
      const asked = exportTo()
      place.session.end('disconnect')
      return asked
    })
    expect((await refusalOf(leaving)).code).toBe('not-connected')
    expect(await readdir(folder)).toEqual([])
    expect(await written()).not.toContain('journal.exported')
  })
})

test('an extract is journalled with its reason before it is shown', async () => {
  comeIn(place.titulaire)
  const extract = await handlers.extractJournal({ filter: everyRow, reason: 'contrôle' }, caller)
  expect(extract?.verification.kind).toBe('sound')
  expect((await place.rows()).at(-1)).toMatchObject({
    kind: 'journal.extracted',
    operatorCode: place.titulaire.code,
    details: { reason: 'contrôle', rows: extract?.rows.length, from: null, to: null },
  })
})

describe('« Mes connexions »', () => {
  const connections: Caller = { role: 'connections', webContentsId: 9 }
  const ownRows = () =>
    Promise.resolve(own.ownConnections({ upTo: null, offset: 0, limit: 100 }, connections))

  test('are those of who is connected, and of nobody else', async () => {
    comeIn(place.kit)
    await place.identification.identify(place.kit.code, right, {
      operator: null,
      allows: () => null,
      module: null,
    })
    owner = place.patricia
    comeIn(place.patricia)
    await place.identification.identify(place.patricia.code, right, {
      operator: null,
      allows: () => null,
      module: null,
    })
    const { rows, total } = await ownRows()
    expect(total).toBe(rows.length)
    expect(new Set(rows.map(({ operator }) => operator?.id))).toEqual(new Set([place.patricia.id]))
    expect(await written()).toEqual([])
  })

  test('answer nobody but them', async () => {
    expect((await refusalOf(ownRows())).code).toBe('not-connected')
    comeIn(place.kit)
    expect((await refusalOf(ownRows())).code).toBe('not-connected')
    const change = Promise.resolve().then(() =>
      own.changeOwnPassword({ current: right, next: 'brouette satin compas' }, connections),
    )
    expect((await refusalOf(change)).code).toBe('not-connected')
  })
})
