import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openCounter, quickHash, refusalOf, right, type Counter } from '../identification/testing/counter.ts'
import type { Caller } from '../ipc/answer.ts'
import type { OperatorAction, OperatorForm } from '../ipc/operator-views.ts'
import type { Operator } from '../operators/operator.ts'
import { openTestSqlite, type TestDatabase } from '../storage/testing/engines.ts'
import { createEntitled } from './entitled.ts'
import { createTeamDesk, type TeamDesk } from './team-desk.ts'

const caller: Caller = { role: 'operators', webContentsId: 7 }
const another: Caller = { ...caller, webContentsId: 8 }
const newcomer: OperatorForm = {
  code: '12',
  firstName: 'Aurélie',
  lastName: 'Lefèvre',
  role: 'preparateur',
  rpps: '',
  firstDay: null,
  lastDay: null,
  rights: [],
}

let database: TestDatabase
let place: Counter
/** In whose name the window that calls is open. */
let owner: Operator | null
let handlers: TeamDesk['handlers']
/** What the system's dialog answers. */
let chooseFile: () => Promise<string | null>

beforeEach(async () => {
  database = await openTestSqlite()
  place = await openCounter(database)
  owner = place.titulaire
  chooseFile = () => Promise.resolve(null)
  const builtIns = {
    ownerOf: (id: number) => (id === caller.webContentsId ? owner : null),
    push: () => undefined,
    windowOf: () => null,
  }
  ;({ handlers } = createTeamDesk({
    settings: { pharmacy: { name: 'PHARMACIE DU TEST', finess: null } },
    workstation: () => 'Comptoir 1',
    clock: place.clock,
    records: place,
    counter: place,
    builtIns,
    entitled: createEntitled({ clock: place.clock, records: place, session: place.session, builtIns }),
    scorer: {
      score: () => Promise.resolve({ bits: 80, enough: true, advice: 'enough' }),
      close: () => Promise.resolve(),
    },
    saveAs: () => Promise.resolve(null),
    chooseFile: () => chooseFile(),
  }))
})
afterEach(() => database.dispose())

function comeIn(operator: Operator): void {
  place.session.admit(operator, { kind: 'password' })
}

function act(target: Operator, action: OperatorAction, password: string | null = right) {
  return Promise.resolve(handlers.actOnOperator({ id: target.id, action, password }, caller))
}

/** Every call that the page can make, on somebody whom anybody who manages the team may change. */
function everyCall(from = caller): (() => unknown)[] {
  const { id } = place.kit
  const password = right
  return [
    () => handlers.listOperators({ search: '', shown: 'all', offset: 0, limit: 10 }, from),
    () => handlers.readOperator({ id }, from),
    () => handlers.foreseen(undefined, from),
    () => handlers.suggestCode(undefined, from),
    () => handlers.createOperator({ form: newcomer, password }, from),
    () => handlers.changeOperator({ id, seen: '', form: newcomer, password }, from),
    () => handlers.actOnOperator({ id, action: 'suspend', password }, from),
    () => handlers.readImport({ pasted: 'code' }, from),
    () => handlers.applyImport({ password }, from),
    () => handlers.exportOperators(undefined, from),
  ]
}

async function refusals(from = caller): Promise<Set<string>> {
  const codes = new Set<string>()
  for (const call of everyCall(from)) {
    codes.add((await refusalOf(Promise.resolve().then(call))).code)
  }
  return codes
}

/** Everything there is of the team, and how many rows the journal has. */
async function written() {
  const team = await database.storage.read((db) => db.selectFrom('operator').selectAll().execute())
  return { team, rows: (await place.rows()).length }
}

describe('nothing of « Opérateurs » answers', () => {
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
      'a right to the journal alone',
      async () => {
        await place.giveRight(place.patricia, 'read-journal')
        owner = place.patricia
        comeIn(place.patricia)
      },
      'right-needed',
    ],
    [
      'who was a titulaire when the window opened',
      async () => {
        comeIn(place.titulaire)
        await place.giveRole(place.titulaire, 'adjoint')
      },
      'right-needed',
    ],
    [
      'who was suspended by another program',
      async () => {
        comeIn(place.titulaire)
        await place.suspend(place.titulaire)
      },
      'suspended',
    ],
    [
      'whose last day another program has put in the past',
      async () => {
        comeIn(place.titulaire)
        await place.storage.write((trx) =>
          place.operators.update(trx, place.titulaire.id, { ...place.titulaire, lastDay: '2026-03-01' }),
        )
      },
      'suspended',
    ],
  ])('%s', async (_, prepare, code) => {
    await prepare()
    const before = await written()
    expect(await refusals()).toEqual(new Set([code]))
    expect(await written()).toEqual(before)
  })

  test('another window than the one that the operator has', async () => {
    comeIn(place.titulaire)
    expect(await refusals(another)).toEqual(new Set(['not-connected']))
  })
})

describe('what is dangerous', () => {
  const dangerous = ['suspend', 'resume', 'depart', 'reset-password', 'unlink-rpps'] as const

  test.each(dangerous)('is not done without a password: %s', async (action) => {
    comeIn(place.titulaire)
    const before = await written()
    expect((await refusalOf(act(place.patricia, action, null))).code).toBe('refused')
    expect(await written()).toEqual(before)
  })

  test.each(dangerous)('is not done with a wrong one, which counts: %s', async (action) => {
    comeIn(place.titulaire)
    const { team } = await written()
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await refusalOf(act(place.patricia, action, 'pas le bon'))).code).toBe('wrong-credentials')
    }
    expect((await refusalOf(act(place.patricia, action))).code).toBe('throttled')
    expect(await written()).toMatchObject({ team })
    expect(await place.rows()).toMatchObject([
      ...Array.from({ length: 5 }, () => ({ kind: 'identification.refused', module: 'comptoir:operators' })),
      { kind: 'identification.refused', details: { reason: 'throttled' } },
    ])
  })

  test('is not done with somebody else’s', async () => {
    const hash = await quickHash('un autre mot de passe')
    await place.storage.write((trx) => place.operators.setPasswordHash(trx, place.titulaire.id, hash))
    comeIn(place.titulaire)
    expect((await refusalOf(act(place.patricia, 'suspend'))).code).toBe('wrong-credentials')
  })

  test('is not done once the operator has left while the password was verified', async () => {
    comeIn(place.titulaire)
    const acted = act(place.patricia, 'suspend')
    place.session.end('disconnect')
    expect((await refusalOf(acted)).code).toBe('not-connected')
    expect((await place.operators.byId(place.patricia.id))?.suspended).toBe(false)
  })

  test('is asked of a form that makes somebody, gives an RPPS, or keeps from working today', async () => {
    comeIn(place.titulaire)
    const forms: Partial<OperatorForm>[] = [{}, { rights: ['read-journal'] }, { role: 'titulaire' }]
    for (const more of forms) {
      const created = handlers.createOperator({ form: { ...newcomer, ...more }, password: null }, caller)
      expect((await refusalOf(Promise.resolve(created))).code).toBe('refused')
    }
    const { changedAt: seen, ...sheet } = await handlers.readOperator({ id: place.kit.id }, caller)
    for (const more of [{ rpps: '99700218896' }, { lastDay: '2020-01-01' }]) {
      const form = { ...newcomer, code: sheet.code, ...more }
      const changed = handlers.changeOperator({ id: sheet.id, seen, form, password: null }, caller)
      expect((await refusalOf(Promise.resolve(changed))).code).toBe('refused')
    }
  })
})

describe('who was given the right', () => {
  beforeEach(async () => {
    await place.giveRight(place.patricia, 'manage-operators')
    owner = place.patricia
    comeIn(place.patricia)
  })

  test('changes no titulaire, makes none and gives no right', async () => {
    for (const action of ['suspend', 'depart', 'reset-password'] as const) {
      expect((await refusalOf(act(place.titulaire, action))).code).toBe('titulaire-needed')
    }
    const forms: Partial<OperatorForm>[] = [{ rights: ['manage-operators'] }, { role: 'titulaire' }]
    for (const more of forms) {
      const created = handlers.createOperator({ form: { ...newcomer, ...more }, password: right }, caller)
      expect((await refusalOf(Promise.resolve(created))).code).toBe('titulaire-needed')
    }
  })

  test('does the rest, as long as they have it', async () => {
    await act(place.kit, 'suspend')
    await act(place.kit, 'resume')
    expect((await place.rows()).map(({ kind }) => kind)).toEqual(['operator.suspended', 'operator.resumed'])
    await place.giveRole(place.patricia, 'adjoint')
    await place.storage.write((trx) =>
      trx.updateTable('operator').set({ manages_operators: 0 }).where('code', '=', '1').execute(),
    )
    expect((await refusalOf(act(place.kit, 'suspend'))).code).toBe('right-needed')
  })
})

test('a file is not read for who has left while it was chosen', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-list-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'equipe.csv')
  await writeFile(file, 'code;nom;prenom;role;rpps;motdepasse\n')
  comeIn(place.titulaire)
  chooseFile = () => {
    place.session.lock('switch')
    return Promise.resolve(file)
  }
  const read = Promise.resolve(handlers.readImport({ pasted: null }, caller))
  expect((await refusalOf(read)).code).toBe('not-connected')
})

test('a file that is no list is not opened: it might be the database', async () => {
  comeIn(place.titulaire)
  chooseFile = () => Promise.resolve(import.meta.filename)
  const read = Promise.resolve(handlers.readImport({ pasted: null }, caller))
  expect((await refusalOf(read)).code).toBe('file-not-read')
})

test('one’s own password is not reset here, and no password of a list comes back to the page', async () => {
  comeIn(place.titulaire)
  expect((await refusalOf(act(place.titulaire, 'reset-password'))).code).toBe('own-password')
  const list = 'code;nom;prenom;role;rpps;motdepasse\n12;Lefèvre;Aurélie;adjoint;;cactus violon parapluie\n'
  const report = await handlers.readImport({ pasted: list }, caller)
  expect(report).toMatchObject({ acceptable: true })
  expect(JSON.stringify(report)).not.toContain('cactus')
  // What another window read is not applied by this one.
  owner = place.titulaire
  expect((await refusalOf(Promise.resolve(handlers.applyImport({ password: right }, another)))).code).toBe(
    'not-connected',
  )
  expect((await refusalOf(Promise.resolve(handlers.applyImport({ password: 'faux' }, caller)))).code).toBe(
    'wrong-credentials',
  )
  expect(await handlers.applyImport({ password: right }, caller)).toEqual({ created: 1 })
  expect((await refusalOf(Promise.resolve(handlers.applyImport({ password: right }, caller)))).code).toBe(
    'import-refused',
  )
})
