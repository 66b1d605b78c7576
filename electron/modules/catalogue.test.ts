import { describe, expect, it } from 'vitest'
import type { Operator } from '../operators/operator.ts'
import { freshSession, type Evidence, type HeldSession } from '../session/session.ts'
import { settingsSchema, type ModuleSettings } from '../settings/schema.ts'
import { requirementOf, tileOf } from './catalogue.ts'

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
const psc: Evidence = {
  kind: 'psc',
  credential: 'e-cps',
  inBrowser: true,
  acr: 'eidas1',
  acrFrom: 'psc',
  endsAt: 1000,
}

const brokered: Evidence = { ...psc, acrFrom: 'broker' }

function connected(who: Operator, by: Evidence = { kind: 'password' }): HeldSession {
  return freshSession(who, by, 4, new Date(2026, 2, 2, 8), 0)
}
const left: HeldSession = { ...connected(adjoint, psc), means: { kind: 'psc-left', inBrowser: false } }

function module(access: string, roles?: readonly string[]): ModuleSettings {
  const launch = { kind: 'browser', url: 'https://doc.fr' }
  const given = { id: 'doc', label: 'Documentation', shortcut: 'F4', access, launch }
  const [only] = settingsSchema.parse({
    modules: [roles === undefined ? given : { ...given, roles }],
  }).modules
  if (only === undefined) throw new Error('no module')
  return only
}
const reserved = ['titulaire', 'adjoint']
const role = { kind: 'role', roles: reserved }

describe('what a module asks for beyond what there is', () => {
  it.each<[string, ModuleSettings, HeldSession | null, object]>([
    ['nothing, open to everyone', module('none'), null, { kind: 'none' }],
    ['nothing announced, nobody connected', module('operator'), null, { kind: 'none' }],
    ['nothing, an operator connected', module('operator'), connected(adjoint), { kind: 'none' }],
    ['a role, nobody connected', module('operator', reserved), null, role],
    ['a role that the operator lacks', module('operator', reserved), connected(preparateur), role],
    ['a role that the operator has', module('operator', reserved), connected(adjoint), { kind: 'none' }],
    ['PSC, nobody connected', module('psc'), null, { kind: 'psc' }],
    ['PSC, connected by a password', module('psc'), connected(adjoint), { kind: 'psc' }],
    ['PSC, connected by it', module('psc'), connected(adjoint, psc), { kind: 'none' }],
    ['PSC, connected by a broker', module('psc'), connected(adjoint, brokered), { kind: 'psc' }],
    ['PSC, left since', module('psc'), left, { kind: 'psc' }],
    ['both, nobody connected', module('psc', reserved), null, { kind: 'psc' }],
    ['both, the role lacking', module('psc', reserved), connected(preparateur), role],
    ['both, PSC lacking', module('psc', reserved), connected(adjoint), { kind: 'psc' }],
    ['both, by PSC, the role lacking', module('psc', reserved), connected(preparateur, psc), role],
    ['both, nothing lacking', module('psc', reserved), connected(adjoint, psc), { kind: 'none' }],
  ])('%s', (_, asked, held, requirement) => {
    expect(requirementOf(asked, held)).toEqual(requirement)
  })
})

describe('the tile of a module', () => {
  const open = {
    module: module('operator'),
    operator: adjoint,
    bringForward: () => Promise.resolve(true),
    close: () => undefined,
  }

  it('is that of the settings', () => {
    expect(tileOf(module('psc'), null, null)).toEqual({
      id: 'doc',
      label: 'Documentation',
      shortcut: 'F4',
      kind: 'browser',
      requirement: { kind: 'psc' },
      open: false,
      openedBy: null,
    })
  })

  it.each([
    ['by the one connected', connected(adjoint), null],
    ['by another', connected(preparateur), 'PATRICIA ADJOINTPHARM'],
    ['by somebody who left', null, 'PATRICIA ADJOINTPHARM'],
  ])('says whose name it is open in, opened %s', (_, held, openedBy) => {
    expect(tileOf(open.module, held, open)).toMatchObject({ open: true, openedBy })
  })
})
