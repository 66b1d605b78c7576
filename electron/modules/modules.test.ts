import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Refusal } from '../ipc/result.ts'
import type { JournalEvent, JournalKind } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { createOperatorSession } from '../session/operator-session.ts'
import { settingsSchema } from '../settings/schema.ts'
import { createModules, type PageEvents } from './modules.ts'
import { createOpenModules } from './open-modules.ts'

function operator(code: string, role: Operator['role']): Operator {
  const names = { firstName: 'Patricia', lastName: 'Adjointpharm', rpps: null }
  return {
    id: `id-${code}`,
    code,
    role,
    ...names,
    suspended: false,
    firstDay: null,
    lastDay: null,
    rights: [],
  }
}
const adjoint = operator('1', 'adjoint')
const preparateur = operator('2', 'preparateur')

let folder = ''
let place: ReturnType<typeof workstation>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-modules-'))
  place = workstation()
})
afterEach(() => {
  for (const pid of place.pids) endProcess(pid)
  place.session.end('program-closed')
  rmSync(folder, { recursive: true })
})

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

const doc = { kind: 'window', url: 'https://doc.fr/accueil' }
const node = (source: string, more: object = {}) => ({
  kind: 'program',
  command: process.execPath,
  args: ['-e', source],
  ...more,
})

/** Modules of each kind and access. The programs: one that goes on, one that hands over, one that fails. */
function catalogue() {
  const mark = `require('fs').writeFileSync(${JSON.stringify(join(folder, 'started'))}, '')`
  const modules = [
    { id: 'libre', access: 'none', launch: doc },
    { id: 'doc', access: 'operator', launch: doc },
    { id: 'reserve', access: 'operator', roles: ['titulaire', 'adjoint'], launch: doc },
    { id: 'dmp', access: 'psc', launch: { kind: 'browser', url: 'https://www.dmp.fr' } },
    { id: 'web', access: 'operator', launch: { kind: 'browser', url: 'https://web.fr/a' } },
    { id: 'ailleurs', access: 'operator', launch: { ...doc, origins: ['https://autre.fr'] } },
    { id: 'produits', access: 'operator', launch: node(`${mark}; setInterval(() => {}, 1000)`) },
    {
      id: 'relais',
      access: 'operator',
      launch: node(`${mark}; setInterval(() => {}, 1000)`, { leave: 'none' }),
    },
    { id: 'muet', access: 'operator', launch: { kind: 'browser', url: 'https://muet.fr/' } },
    { id: 'lanceur', access: 'operator', launch: node('') },
    { id: 'casse', access: 'operator', launch: node('process.exit(3)') },
    { id: 'absent', access: 'operator', launch: { kind: 'program', command: join(folder, 'absent') } },
    { id: 'texte', access: 'operator', launch: { kind: 'program', command: join(folder, 'texte') } },
  ]
  return settingsSchema.parse({
    modules: modules.map((module) => Object.assign(module, { label: module.id.toUpperCase() })),
  }).modules
}

/** A page that only counts how often it is brought forward. */
function fakePage() {
  const shown = { times: 0 }
  return { shown, page: { show: () => void shown.times++, close: () => undefined } }
}

const atOnce = (): Promise<void> => Promise.resolve()

function workstation() {
  let time = 0
  let journalAnswers = true
  let environmentWaits = atOnce
  const rows: JournalEvent[] = []
  /** What was done, in order: rows written, pages and addresses opened, questions asked. */
  const done: string[] = []
  const pids: number[] = []
  /** What was told to modules of who is connected. */
  const sessions: string[] = []
  const failures: Refusal[] = []
  const pages: { events: PageEvents; operator: Operator | null; shown: { times: number } }[] = []
  const write = (row: JournalEvent): void => {
    rows.push(row)
    done.push(row.kind)
  }
  const journal = {
    append: async (row: JournalEvent) => {
      await Promise.resolve()
      if (!journalAnswers) throw new Error('no answer')
      write(row)
    },
    appendEventually: write,
  }
  const clock = { now: () => new Date(), monotonic: () => time }
  const session = createOperatorSession({
    clock,
    journal: { appendEventually: () => undefined },
    maxHours: () => 4,
  })
  const openModules = createOpenModules(() => undefined)
  const bringForward = vi.fn(async (pid: number) => pids.push(pid) > 0)
  const modules = createModules({
    catalogue,
    clock,
    journal,
    session,
    openModules,
    identifyFor: (module) => done.push(`identify for ${module.id}`),
    stepUp: 'psc-off',
    openSession: (module, who) => {
      sessions.push(`${module.id} told ${who?.code ?? 'nobody'}`)
      return {
        environment: async () => {
          await environmentWaits()
          return {}
        },
        answerPage: () => Promise.reject(new Error('not asked')),
        close: () => void sessions.push(`${module.id} told no more`),
      }
    },
    openPage: (module, who, events) => {
      const { page, shown } = fakePage()
      done.push(`page ${module.id}`)
      pages.push({ events, operator: who, shown })
      return page
    },
    openBuiltIn: () => ({ show: () => undefined, close: () => undefined }),
    openInBrowser: async (url) => {
      if (url.startsWith('https://muet')) throw new Error('no browser')
      done.push(`browser ${url}`)
    },
    bringForward,
    left: (module) => done.push(`left ${module.id}`),
    failed: (refusal) => failures.push(refusal),
  })
  const breakJournal = (): void => {
    journalAnswers = false
  }
  const lastPage = () => {
    const page = pages.at(-1)
    if (page === undefined) throw new Error('no page')
    return page
  }
  /** Waits until a row of that kind is written. */
  const written = (kind: JournalKind) => vi.waitFor(() => expect(done).toContain(kind), 5000)
  const openIds = () => openModules.all().map(({ module }) => module.id)
  /** Ends the process of the open program `id`, six seconds after its start. */
  const endProgram = async (id: string): Promise<void> => {
    await openModules.byId(id)?.bringForward()
    time += 6000
    endProcess(pids.at(-1) ?? 0)
    await written('module.left')
  }
  return {
    modules,
    session,
    openModules,
    openIds,
    rows,
    done,
    pages,
    lastPage,
    failures,
    pids,
    sessions,
    bringForward,
    breakJournal,
    /** What comes between the row of a program and its start. */
    beforeStart: (happens: () => Promise<void>): void => {
      environmentWaits = happens
    },
    written,
    endProgram,
  }
}

const opens = (id: string) => place.modules.open(id)
const refusedAs = (code: string, parameters: object = {}) =>
  expect.objectContaining({ code, parameters: expect.objectContaining(parameters) })

describe('a module', () => {
  it('is told who opened it, until it is left; the system’s browser is told nothing', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('web')
    await opens('doc')
    place.lastPage().events.onClosed(true)
    expect(place.sessions).toEqual(['doc told 1', 'doc told no more'])
    await opens('produits')
    expect(place.sessions.slice(2)).toEqual(['produits told 1'])
    await place.endProgram('produits')
    await vi.waitFor(() => expect(place.sessions.slice(3)).toEqual(['produits told no more']), 5000)
    place.session.end('disconnect')
    await opens('libre')
    expect(place.sessions.slice(4)).toEqual(['libre told nobody'])
  })

  it('that asks for nothing opens with nobody connected, in nobody’s name', async () => {
    await opens('libre')
    expect(place.lastPage().operator).toBeNull()
    expect(place.rows).toEqual([
      {
        kind: 'module.opened',
        outcome: 'done',
        module: 'libre',
        operator: null,
        reference: null,
        details: { kind: 'window' },
      },
    ])
  })

  it('that asks for an operator asks who is there, then opens in the name of the one connected', async () => {
    await opens('doc')
    expect(place.done).toEqual(['identify for doc'])
    place.session.admit(preparateur, { kind: 'password' })
    await opens('doc')
    expect(place.lastPage().operator).toBe(preparateur)
    expect(place.rows).toEqual([
      expect.objectContaining({ kind: 'module.opened', operator: { id: 'id-2', code: '2' } }),
    ])
  })

  it('that is reserved asks who is there unless the one connected has the role', async () => {
    place.session.admit(preparateur, { kind: 'password' })
    await opens('reserve')
    expect(place.done).toEqual(['identify for reserve'])
    place.session.admit(adjoint, { kind: 'password' })
    await opens('reserve')
    expect(place.openIds()).toEqual(['reserve'])
  })

  it('that asks for Pro Santé Connect is refused while it is off, with a reference in the journal', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    const refusal = refusedAs('psc-off', { module: 'DMP' })
    const reference = await opens('dmp').catch((error: Refusal) => {
      expect(error).toEqual(refusal)
      return error.reference
    })
    expect(place.rows).toEqual([
      {
        kind: 'module.refused',
        outcome: 'refused',
        module: 'dmp',
        operator: { id: 'id-1', code: '1' },
        reference,
        details: { reason: 'means' },
      },
    ])
  })

  it.each(['libre', 'doc', 'produits'])('is refused while the session is locked (%s)', async (id) => {
    place.session.admit(adjoint, { kind: 'password' })
    place.session.lock('switch')
    await expect(opens(id)).rejects.toEqual(refusedAs('not-connected'))
    expect(place.done).toEqual(['module.refused'])
  })

  it('that the settings do not have is refused', async () => {
    await expect(opens('inconnu')).rejects.toEqual(refusedAs('module-unknown'))
  })

  it('opens in the browser without staying open here', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('web')
    expect(place.done).toEqual(['module.opened', 'browser https://web.fr/a'])
    expect(place.openIds()).toEqual([])
  })
})

describe('a module is open only once the journal says so', () => {
  it('its row comes before its page', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('doc')
    expect(place.done).toEqual(['module.opened', 'page doc'])
  })

  it.each(['doc', 'web', 'produits'])('nothing opens when the row cannot be written (%s)', async (id) => {
    place.session.admit(adjoint, { kind: 'password' })
    place.breakJournal()
    await expect(opens(id)).rejects.toThrow('no answer')
    expect([place.done, place.openIds()]).toEqual([[], []])
    expect(existsSync(join(folder, 'started'))).toBe(false)
  })
})

describe('a program', () => {
  it('is not started for whoever left while its session was prepared', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    place.beforeStart(async () => place.session.lock('switch'))
    await expect(opens('produits')).rejects.toEqual(refusedAs('not-connected'))
    expect([place.done, place.openIds()]).toEqual([['module.opened', 'module.refused'], []])
    expect(place.sessions).toEqual(['produits told 1', 'produits told no more'])
    expect(existsSync(join(folder, 'started'))).toBe(false)
  })
})

describe('a module that is left', () => {
  it('by the operator who opened it asks whether they stay connected', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('doc')
    place.lastPage().events.onClosed(true)
    expect(place.done.slice(2)).toEqual(['module.left', 'left doc'])
    expect(place.rows.at(-1)).toMatchObject({
      operator: { code: '1' },
      module: 'doc',
      details: { by: 'same-operator' },
    })
    expect(place.openIds()).toEqual([])
  })

  it('while another is connected stays bound to who opened it, and only the journal hears', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('doc')
    place.session.admit(preparateur, { kind: 'password' })
    expect(place.openModules.of(adjoint).map(({ module }) => module.id)).toEqual(['doc'])
    expect(place.openModules.of(preparateur)).toEqual([])
    place.lastPage().events.onClosed(true)
    expect(place.done.slice(2)).toEqual(['module.left'])
    expect(place.rows.at(-1)).toMatchObject({ operator: { code: '1' }, details: { by: 'other-operator' } })
  })

  it.each(['lock', 'end'] as const)('while nobody is connected asks nobody (%s)', async (event) => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('doc')
    if (event === 'lock') place.session.lock('switch')
    else place.session.end('disconnect')
    place.lastPage().events.onClosed(true)
    expect(place.done.slice(2)).toEqual(['module.left'])
    expect(place.rows.at(-1)).toMatchObject({ operator: { code: '1' }, details: { by: 'nobody' } })
  })

  it('by an operator when nobody had opened it asks nothing', async () => {
    await opens('libre')
    place.session.admit(adjoint, { kind: 'password' })
    place.lastPage().events.onClosed(true)
    expect(place.done.slice(2)).toEqual(['module.left'])
    expect(place.rows.at(-1)).toMatchObject({ operator: null, details: { by: 'other-operator' } })
  })

  it('before its page ever showed anything asks nothing', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('doc')
    place.lastPage().events.onClosed(false)
    expect(place.done.slice(2)).toEqual(['module.left'])
    expect(place.openIds()).toEqual([])
  })

  it('by the end of its process asks too', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('produits')
    expect(place.openIds()).toEqual(['produits'])
    await place.endProgram('produits')
    expect(place.done).toEqual(['module.opened', 'module.left', 'left produits'])
    expect(place.openIds()).toEqual([])
  })

  it('by the end of a process that is not what is followed asks nothing', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('relais')
    await place.endProgram('relais')
    expect(place.done).toEqual(['module.opened', 'module.left'])
  })

  it('by handing over to another process asks nothing', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('lanceur')
    await place.written('module.left')
    expect(place.done).toEqual(['module.opened', 'module.left'])
    expect(place.failures).toEqual([])
  })
})

describe('the tile of an open module', () => {
  it('brings its page forward, and opens nothing more', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('doc')
    await opens('doc')
    expect(place.lastPage().shown.times).toBe(1)
    expect(place.done).toEqual(['module.opened', 'page doc'])
  })

  it('is the same page for two presses in a row', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await Promise.all([opens('doc'), opens('doc')])
    expect(place.openIds()).toEqual(['doc'])
    expect(place.done).toEqual(['module.opened', 'page doc'])
  })

  it.each(['doc', 'web', 'produits'])('opens nothing for whoever left meanwhile (%s)', async (id) => {
    place.session.admit(adjoint, { kind: 'password' })
    const opening = opens(id)
    place.session.lock('switch')
    await expect(opening).rejects.toEqual(refusedAs('not-connected'))
    expect([place.done, place.openIds()]).toEqual([['module.opened', 'module.refused'], []])
  })

  it('brings nothing forward while Comptoir is locked', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('doc')
    place.session.lock('switch')
    await expect(opens('doc')).rejects.toEqual(refusedAs('not-connected'))
    expect(place.lastPage().shown.times).toBe(0)
  })

  it('brings its program forward, by its process', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('produits')
    await opens('produits')
    expect(place.bringForward).toHaveBeenCalledOnce()
    expect(process.kill(place.pids.at(-1) ?? 0, 0)).toBe(true)
    expect(place.done).toEqual(['module.opened'])
  })

  it('says when the window of the program is not found', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('produits')
    place.bringForward.mockImplementation(async (pid) => place.pids.push(pid) < 0)
    await expect(opens('produits')).rejects.toEqual(
      refusedAs('module-window-not-found', { module: 'PRODUITS' }),
    )
  })

  it('does not bring forward the program of another, and says whose it is', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('produits')
    const ofAnother = refusedAs('module-of-another', {
      module: 'PRODUITS',
      operator: 'PATRICIA ADJOINTPHARM',
    })
    place.session.admit(preparateur, { kind: 'password' })
    await expect(opens('produits')).rejects.toEqual(ofAnother)
    place.session.lock('switch')
    await expect(opens('produits')).rejects.toEqual(refusedAs('not-connected'))
    expect(place.bringForward).not.toHaveBeenCalled()
    place.session.admit(adjoint, { kind: 'password' })
    await opens('produits')
    expect(place.bringForward).toHaveBeenCalledOnce()
  })
})

describe('a module that fails', () => {
  it('by its address outside its own origins is refused, and the address stays out of the journal', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await expect(opens('ailleurs')).rejects.toEqual(
      refusedAs('module-outside-origins', { module: 'AILLEURS', detail: 'https://doc.fr' }),
    )
    expect(place.done).toEqual(['module.refused'])
    expect(JSON.stringify(place.rows)).not.toContain('doc.fr')
  })

  it('by a browser that does not open is told and journalled', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await expect(opens('muet')).rejects.toEqual(refusedAs('browser-not-opened', { module: 'MUET' }))
    expect(place.rows.at(-1)).toMatchObject({ kind: 'module.failed', details: { reason: 'no-browser' } })
  })

  it('by leading elsewhere says so, and stays open', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('doc')
    place.lastPage().events.onRefusedOrigin('https://autre.fr')
    expect(place.failures).toEqual([refusedAs('module-outside-origins', { detail: 'https://autre.fr' })])
    expect(place.rows.at(-1)).toMatchObject({
      kind: 'module.refused',
      reference: place.failures[0]?.reference,
      details: { reason: 'outside-origins' },
    })
    expect(place.openIds()).toEqual(['doc'])
  })

  it.each(['page-unreachable', 'page-crashed'] as const)('by its page says so (%s)', async (reason) => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('doc')
    place.session.end('disconnect')
    place.lastPage().events.onFailure(reason)
    expect(place.failures).toEqual([refusedAs('module-failed', { module: 'DOC' })])
    expect(place.rows.at(-1)).toMatchObject({
      kind: 'module.failed',
      operator: { code: '1' },
      reference: place.failures[0]?.reference,
      details: { reason },
    })
  })

  it.each([
    ['absent', 'module-missing', 'missing'],
    ['texte', 'module-not-executable', 'not-executable'],
  ])('before it starts is not said to be open (%s)', async (id, code, reason) => {
    writeFileSync(join(folder, 'texte'), '', { mode: 0o644 })
    place.session.admit(adjoint, { kind: 'password' })
    await expect(opens(id)).rejects.toEqual(refusedAs(code, { detail: join(folder, id) }))
    expect(place.rows).toEqual([
      expect.objectContaining({ kind: 'module.failed', outcome: 'failed', details: { reason } }),
    ])
    expect(JSON.stringify(place.rows)).not.toContain(folder)
  })

  it('as soon as it is open is told without any question', async () => {
    place.session.admit(adjoint, { kind: 'password' })
    await opens('casse')
    await place.written('module.failed')
    expect(place.done).toEqual(['module.opened', 'module.left', 'module.failed'])
    expect(place.failures).toEqual([
      refusedAs('module-failed', { module: 'CASSE', detail: 'aussitôt ouvert (code 3)' }),
    ])
    expect(place.openIds()).toEqual([])
  })
})
