import { beforeEach, describe, expect, it } from 'vitest'
import type { Refusal } from '../ipc/result.ts'
import type { JournalEvent } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { createOperatorSession } from '../session/operator-session.ts'
import type { Evidence } from '../session/session.ts'
import { settingsSchema } from '../settings/schema.ts'
import { createModules } from './modules.ts'
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
const password: Evidence = { kind: 'password' }
const psc: Evidence = {
  kind: 'psc',
  credential: 'card',
  inBrowser: true,
  acr: 'eidas3',
  acrFrom: 'psc',
  endsAt: 4 * 3_600_000,
}
/** A level that a broker says for itself. */
const brokered: Evidence = { ...psc, acr: 'loa-1', acrFrom: 'broker' }

const { modules: catalogue } = settingsSchema.parse({
  modules: [
    { id: 'dmp', label: 'DMP', access: 'psc', launch: { kind: 'browser', url: 'https://dmp.fr' } },
    {
      id: 'bilan',
      label: 'BILAN',
      access: 'psc',
      roles: ['titulaire', 'adjoint'],
      launch: { kind: 'browser', url: 'https://bilan.fr' },
    },
  ],
})

/** A workstation with Pro Santé Connect, or why not; `done` holds what was asked and opened, in order. */
function workstation(obstacle: 'psc-off' | 'psc-level-not-vouched' | null) {
  const rows: JournalEvent[] = []
  const done: string[] = []
  const clock = { now: () => new Date(), monotonic: () => 0 }
  const journal = {
    append: async (row: JournalEvent) => void rows.push(row),
    appendEventually: (row: JournalEvent) => void rows.push(row),
  }
  const session = createOperatorSession({
    clock,
    journal: { appendEventually: () => undefined },
    maxHours: () => 4,
  })
  const modules = createModules({
    catalogue: () => catalogue,
    clock,
    journal,
    session,
    openModules: createOpenModules(() => undefined),
    identifyFor: (module) => done.push(`identify for ${module.id}`),
    stepUp: obstacle ?? ((module, who) => done.push(`step up ${who.code} for ${module.id}`)),
    openSession: () => null,
    openPage: () => ({ show: () => undefined, close: () => undefined }),
    openBuiltIn: () => ({ show: () => undefined, close: () => undefined }),
    openInBrowser: async (url) => void done.push(url),
    bringForward: () => Promise.resolve(true),
    left: () => undefined,
    failed: () => undefined,
  })
  return { modules, session, rows, done }
}

describe('a module that asks for Pro Santé Connect, where it is on', () => {
  let place: ReturnType<typeof workstation>
  beforeEach(() => {
    place = workstation(null)
    return () => place.session.end('program-closed')
  })
  const open = async (id: string): Promise<string[]> => {
    await place.modules.open(id)
    return place.done
  }

  it('asks who is there when nobody is connected', async () => {
    expect(await open('dmp')).toEqual(['identify for dmp'])
  })

  it('asks it of the operator who is connected by a password, and of nobody else', async () => {
    place.session.admit(adjoint, password)
    expect(await open('dmp')).toEqual(['step up 1 for dmp'])
    expect(place.rows).toEqual([])
  })

  it('opens at once for whoever is connected by Pro Santé Connect', async () => {
    place.session.admit(adjoint, psc)
    expect(await open('bilan')).toEqual(['https://bilan.fr'])
    expect(place.rows).toEqual([
      expect.objectContaining({ kind: 'module.opened', operator: { id: 'id-1', code: '1' } }),
    ])
  })

  it('asks it of whoever has the level of a broker only', async () => {
    place.session.admit(adjoint, brokered)
    expect(await open('dmp')).toEqual(['step up 1 for dmp'])
  })

  it('asks again once Pro Santé Connect has been left', async () => {
    place.session.admit(adjoint, psc)
    place.session.leavePsc('operator')
    expect(await open('dmp')).toEqual(['step up 1 for dmp'])
  })

  it.each([password, psc])(
    'asks for another when the role is missing, whatever the level (%o)',
    async (by) => {
      place.session.admit(preparateur, by)
      expect(await open('bilan')).toEqual(['identify for bilan'])
    },
  )

  it('is refused while the session is locked, with what it had', async () => {
    place.session.admit(adjoint, psc)
    place.session.lock('switch')
    await expect(open('dmp')).rejects.toMatchObject({ code: 'not-connected' })
    expect(place.done).toEqual([])
  })
})

describe.each([
  ['is off', 'psc-off', 'means'],
  ['is a broker whose level nothing vouches for', 'psc-level-not-vouched', 'level'],
] as const)('a module that asks for Pro Santé Connect, where it %s', (_, code, reason) => {
  it.each([
    ['nobody', null, password],
    ['an operator', adjoint, password],
    ['an operator without its role', preparateur, password],
    ['an operator by Pro Santé Connect', adjoint, brokered],
  ])('is refused at once to %s, with its reference in the journal', async (__, who, by) => {
    const { modules, session, rows, done } = workstation(code)
    if (who !== null) session.admit(who, by)
    const refusal = await modules.open('bilan').catch((error: Refusal) => error)
    expect(refusal).toMatchObject({ code, parameters: { module: 'BILAN' } })
    expect(rows).toEqual([
      expect.objectContaining({
        kind: 'module.refused',
        reference: refusal?.reference,
        details: { reason },
      }),
    ])
    expect(done).toEqual([])
    session.end('program-closed')
  })
})
