import { expect, it } from 'vitest'
import { builtInModules, type Module } from '../modules/module.ts'
import type { Operator } from '../operators/operator.ts'
import type { Identifying, Step } from './attempt.ts'
import { isOpenToAll } from './open-to-all.ts'
import type { Purpose } from './purpose.ts'

const patricia: Operator = {
  id: 'id-1',
  code: '1',
  firstName: 'PATRICIA',
  lastName: 'ADJOINTPHARM',
  role: 'adjoint',
  rpps: null,
  suspended: false,
  firstDay: null,
  lastDay: null,
  rights: [],
}
const launch = { kind: 'browser', url: 'https://doc.fr' } as const
const free: Module = { id: 'doc', label: 'Documentation', access: 'operator', session: false, launch }
const asking: Step = { kind: 'ask', failure: null }

function attempt(purpose: Purpose, step: Step = asking): Identifying {
  return { kind: 'identifying', id: 1, purpose, step }
}

it.each<Purpose>([{ kind: 'connect' }, { kind: 'switch' }, { kind: 'open-module', module: free }])(
  'whoever comes goes on with %o',
  (purpose) => {
    expect(isOpenToAll(attempt(purpose))).toBe(true)
    expect(isOpenToAll(attempt(purpose, { kind: 'browser', deadline: 1, failure: null }))).toBe(true)
  },
)

it('nobody goes on with what others alone may do, nor without an attempt', () => {
  expect(isOpenToAll({ kind: 'none' })).toBe(false)
  const reserved: Module[] = [
    { ...free, roles: ['titulaire'] },
    { ...free, access: 'psc' },
    ...builtInModules.filter(({ right }) => right !== undefined),
  ]
  for (const module of reserved) expect(isOpenToAll(attempt({ kind: 'open-module', module }))).toBe(false)
  for (const kind of ['renew', 'unlock'] as const) {
    expect(isOpenToAll(attempt({ kind, operator: patricia }))).toBe(false)
  }
})

it('nobody goes on in the place of whom a provisional password has named', () => {
  const proved = { operator: patricia, passwordHash: '' }
  expect(isOpenToAll(attempt({ kind: 'switch' }, { kind: 'provisional-password', proved }))).toBe(false)
})
