import { beforeEach, describe, expect, it } from 'vitest'
import type { Notice } from '../ipc/views.ts'
import type { JournalEvent } from '../journal/kinds.ts'
import type { Module } from '../modules/module.ts'
import { createOpenModules, type OpenModule } from '../modules/open-modules.ts'
import type { Operator } from '../operators/operator.ts'
import { createOperatorSession } from '../session/operator-session.ts'
import type { Evidence } from '../session/session.ts'
import { createDay } from './day.ts'

function operator(code: string, rpps: string | null = null): Operator {
  const names = { firstName: 'Patricia', lastName: `OPERATEUR ${code}`, role: 'adjoint' } as const
  const number = rpps === null ? null : ({ kind: 'rpps', digits: rpps } as const)
  return {
    id: `id-${code}`,
    code,
    ...names,
    rpps: number,
    suspended: false,
    firstDay: null,
    lastDay: null,
    rights: [],
  }
}
const byCard: Evidence = {
  kind: 'psc',
  credential: 'card',
  inBrowser: true,
  acr: 'eidas1',
  acrFrom: 'psc',
  endsAt: 4 * 3_600_000,
}

function moduleOf(label: string, launch: Module['launch']): OpenModule {
  const module: Module = { id: label.toLowerCase(), label, access: 'operator', session: false, launch }
  return { module, operator: null, bringForward: () => Promise.resolve(true), close: () => undefined }
}
const page = moduleOf('Documentation', { kind: 'window', url: 'https://exemple.fr' })
const program = moduleOf('Ventes', { kind: 'program', command: '/bin/sh', args: [], leave: 'process' })

let rows: JournalEvent[]
let steps: string[]
let said: Notice | null
let inReader: string | null
beforeEach(() => {
  rows = []
  steps = []
  said = null
  inReader = null
})

/** `kept`: somebody keeps a page that holds unsaved work. */
function counter(kept = false) {
  const journal = { appendEventually: (row: JournalEvent) => rows.push(row) }
  const clock = { now: () => new Date(), monotonic: () => 0 }
  const session = createOperatorSession({ clock, journal, maxHours: () => 4 })
  session.onChange(() => steps.push(session.state().session.kind))
  const openModules = createOpenModules(() => undefined)
  const day = createDay({
    session,
    journal,
    openModules,
    closePages: () => {
      steps.push('pages')
      if (!kept) openModules.remove(page)
      return Promise.resolve(!kept)
    },
    leavePsc: (inBrowser) => steps.push(inBrowser ? 'leave the browser' : 'leave'),
    giveUpComing: () => steps.push('give up'),
    isInserted: ({ digits }) => digits === inReader,
    notice: () => said,
    notify: (notice) => {
      said = notice
    },
  })
  return { session, openModules, day }
}

describe('« Fermer la journée »', () => {
  it('closes the pages, then Pro Santé Connect and every session, and says what remains', async () => {
    const { session, openModules, day } = counter()
    session.admit(operator('1'), byCard)
    session.admit(operator('2'), { kind: 'password' })
    openModules.add(page)
    openModules.add(program)
    steps = []
    rows = []
    expect(day.endsPsc()).toBe(true)
    expect(await day.close()).toBe(true)
    expect(steps).toEqual(['pages', 'leave the browser', 'none', 'give up'])
    expect(session.state().suspended).toEqual([])
    expect(rows.map(({ kind, operator, details }) => [kind, operator?.code, details])).toEqual([
      ['session.ended', '2', { reason: 'day-closed' }],
      ['session.ended', '1', { reason: 'day-closed' }],
      ['day.closed', '2', { sessions: 2, pages: 1 }],
    ])
    expect(said).toMatchObject({
      tone: 'info',
      text: 'Journée fermée. Bonne soirée.',
      remedy: 'Encore ouverts, à fermer vous-même\u00A0: Ventes.',
    })
    openModules.remove(program)
    day.refresh()
    expect(said?.remedy).toBeNull()
  })

  it('ends nothing where somebody keeps a page', async () => {
    const { session, day } = counter(true)
    session.admit(operator('1'), byCard)
    rows = []
    expect(await day.close()).toBe(false)
    expect(session.connected()).not.toBeNull()
    expect([rows, said]).toEqual([[], null])
  })

  it('is for whoever is there, though nobody is connected', async () => {
    const { session, day } = counter()
    session.admit(operator('1'), { kind: 'password' })
    session.admit(operator('2'), { kind: 'password' })
    session.lock('idle')
    rows = []
    await day.close()
    expect(session.state()).toEqual({ session: { kind: 'none' }, suspended: [] })
    expect(rows.at(-1)).toMatchObject({ kind: 'day.closed', operator: null, details: { sessions: 2 } })
    expect(steps).not.toContain('leave')
  })

  it('says that a card is still in the reader, until it is pulled', async () => {
    const { session, day } = counter()
    session.admit(operator('1', '99700261797'), { kind: 'password' })
    inReader = '99700261797'
    await day.close()
    expect(said).toMatchObject({
      tone: 'watch',
      text: 'Journée fermée. Votre carte est encore dans le lecteur.',
      remedy: 'Reprenez-la avant de partir.',
    })
    inReader = null
    day.refresh()
    expect(said).toMatchObject({ tone: 'info', text: 'Journée fermée. Bonne soirée.', remedy: null })
    said = null
    day.refresh()
    expect(said).toBeNull()
  })
})
