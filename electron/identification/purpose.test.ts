import { describe, expect, it } from 'vitest'
import type { OpenModule } from '../modules/open-modules.ts'
import type { Operator } from '../operators/operator.ts'
import { settingsSchema, type ModuleSettings } from '../settings/schema.ts'
import { expectedOperator, moduleOf, notAllowed, rolesOf, takesPassword, type Purpose } from './purpose.ts'

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

function module(access: 'operator' | 'psc'): ModuleSettings {
  const roles = ['titulaire', 'adjoint']
  const launch = { kind: 'browser', url: 'https://doc.fr' }
  const [only] = settingsSchema.parse({
    modules: [{ id: 'doc', label: 'Documentation', access, roles, launch }],
  }).modules
  if (only === undefined) throw new Error('no module')
  return only
}
const reserved = module('operator')
const byPsc = module('psc')

function opened(of: ModuleSettings): OpenModule {
  return {
    module: of,
    operator: preparateur,
    bringForward: () => Promise.resolve(true),
    close: () => undefined,
  }
}

describe('a purpose', () => {
  it.each<[Purpose, Operator | null, unknown, readonly string[]]>([
    [{ kind: 'connect' }, null, null, []],
    [{ kind: 'switch' }, null, null, []],
    [{ kind: 'renew', operator: adjoint }, adjoint, null, []],
    [{ kind: 'unlock', operator: adjoint }, adjoint, null, []],
    [{ kind: 'open-module', module: reserved }, null, reserved, ['titulaire', 'adjoint']],
    [{ kind: 'step-up', module: byPsc, operator: adjoint }, adjoint, byPsc, []],
    [{ kind: 'resume-module', open: opened(reserved), operator: preparateur }, preparateur, reserved, []],
  ])('%# says whom it awaits, where it leads and which roles it asks for', (purpose, who, leadsTo, roles) => {
    expect([expectedOperator(purpose), moduleOf(purpose), rolesOf(purpose)]).toEqual([who, leadsTo, roles])
  })

  it.each<[Purpose, boolean]>([
    [{ kind: 'connect' }, true],
    [{ kind: 'switch' }, true],
    [{ kind: 'renew', operator: adjoint }, true],
    [{ kind: 'unlock', operator: adjoint }, true],
    [{ kind: 'open-module', module: reserved }, true],
    [{ kind: 'open-module', module: byPsc }, false],
    [{ kind: 'step-up', module: byPsc, operator: adjoint }, false],
    [{ kind: 'resume-module', open: opened(reserved), operator: adjoint }, true],
    [{ kind: 'resume-module', open: opened(byPsc), operator: adjoint }, false],
  ])('%# takes a password only where Pro Santé Connect is not asked for', (purpose, takes) => {
    expect(takesPassword(purpose)).toBe(takes)
  })

  it.each<Purpose>([
    { kind: 'open-module', module: reserved },
    { kind: 'step-up', module: byPsc, operator: preparateur },
    { kind: 'resume-module', open: opened(reserved), operator: preparateur },
  ])('that leads to a reserved module allows its roles only ($kind)', (purpose) => {
    expect(notAllowed(purpose, adjoint)).toBeNull()
    const refused = notAllowed(purpose, preparateur)
    expect(refused?.reason).toBe('role')
    expect(refused?.refusal('7K2-49R')).toMatchObject({
      code: 'role-not-allowed',
      reference: '7K2-49R',
      parameters: { module: 'Documentation', operator: 'PATRICIA ADJOINTPHARM' },
    })
  })

  it.each<Purpose>([
    { kind: 'connect' },
    { kind: 'switch' },
    { kind: 'renew', operator: preparateur },
    { kind: 'unlock', operator: preparateur },
  ])('that leads to no module allows everybody ($kind)', (purpose) => {
    expect(notAllowed(purpose, preparateur)).toBeNull()
  })
})
