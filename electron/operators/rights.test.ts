import { describe, expect, it } from 'vitest'
import { operatorActions } from '../ipc/operator-views.ts'
import { roles, type Role } from './operator.ts'
import {
  dangers,
  dangersOf,
  givenRights,
  hasRight,
  isDangerous,
  mayChange,
  mayGive,
  rules,
  type GivenRight,
  type Right,
  type Trust,
} from './rights.ts'

const allGiven: readonly (readonly GivenRight[])[] = [
  [],
  ['manage-operators'],
  ['read-journal'],
  ['manage-operators', 'read-journal'],
]

/** What somebody who is no titulaire has, by what they were given; a titulaire has everything. */
const expected: Record<Right, readonly boolean[]> = {
  //                       none   manages reads  both
  'manage-operators': [false, true, false, true],
  'read-journal': [false, false, true, true],
  'appoint-titulaires': [false, false, false, false],
  'give-rights': [false, false, false, false],
  authorise: [false, true, false, true],
}
const allRights = [
  'manage-operators',
  'read-journal',
  'appoint-titulaires',
  'give-rights',
  'authorise',
] as const

const everybody = roles.flatMap((role) => allGiven.map((rights) => ({ role, rights })))

describe('the table of permissions', () => {
  it('has a rule for each right, with its reason', () => {
    expect(Object.keys(rules).sort()).toEqual([...allRights].sort())
    for (const { reason } of Object.values(rules)) expect(reason).toMatch(/^[A-Z].{20,}\.$/u)
  })

  it.each(allRights)('gives « %s » to titulaires, and to those to whom it was given', (right) => {
    for (const { role, rights } of everybody) {
      const given = expected[right][allGiven.indexOf(rights)]
      expect([role, rights, hasRight({ role, rights }, right)]).toEqual([
        role,
        rights,
        role === 'titulaire' || given,
      ])
    }
  })
})

const manager = (rights: readonly GivenRight[], role: Role = 'adjoint') => ({ role, rights })

describe('who may be changed by whom', () => {
  it('is everybody, by a titulaire', () => {
    for (const target of everybody) expect(mayChange(manager([], 'titulaire'), target)).toBe(true)
  })

  it('is never a titulaire, by anybody else', () => {
    for (const { role, rights } of everybody.filter((one) => one.role !== 'titulaire')) {
      expect(mayChange({ role, rights }, manager([], 'titulaire'))).toBe(false)
    }
  })

  it('is nobody who has a right that the manager has not', () => {
    const reader = manager(['read-journal'], 'preparateur')
    expect(mayChange(manager(['manage-operators']), reader)).toBe(false)
    expect(mayChange(manager(['manage-operators', 'read-journal']), reader)).toBe(true)
    expect(mayChange(manager(['manage-operators']), manager(['manage-operators']))).toBe(true)
    expect(mayChange(manager(['manage-operators']), manager([]))).toBe(true)
  })
})

const dangersNow = (wanted: Trust, current: Trust | null) => dangersOf(wanted, current, '2027-03-01')

describe('what asks again for the password', () => {
  const plain = { role: 'adjoint', rights: [], rpps: null, firstDay: null, lastDay: null } as const

  it('is each action that takes something away or lets somebody in', () => {
    expect(operatorActions.filter(isDangerous)).toEqual([
      'suspend',
      'resume',
      'depart',
      'reset-password',
      'unlink-rpps',
    ])
    for (const reason of Object.values(dangers)) expect(reason ?? 'None.').toMatch(/\.$/u)
  })

  it('is no change of names, nor of a role that is not titulaire', () => {
    expect(dangersNow(plain, plain)).toEqual([])
    expect(dangersNow({ ...plain, role: 'preparateur' }, plain)).toEqual([])
  })

  it('is each change that makes somebody more trusted, or less', () => {
    const titulaire = { ...plain, role: 'titulaire' } as const
    const reader = { ...plain, rights: ['read-journal'] } as const
    const identified = { ...plain, rpps: '99700427869' }
    expect(dangersNow(titulaire, plain)).toEqual(['role-of-titulaire'])
    expect(dangersNow(plain, titulaire)).toEqual(['role-of-titulaire'])
    expect(dangersNow(reader, plain)).toEqual(['rights'])
    expect(dangersNow(plain, reader)).toEqual(['rights'])
    expect(dangersNow(identified, plain)).toEqual(['rpps'])
    expect(dangersNow({ ...plain, rpps: '99700427885' }, identified)).toEqual(['rpps'])
    expect(dangersNow(plain, identified)).toEqual(['unlink-rpps'])
    expect(dangersNow({ ...titulaire, rights: ['read-journal'], rpps: '99700427869' }, plain)).toEqual([
      'role-of-titulaire',
      'rpps',
    ])
  })

  it('is each creation, of whomever', () => {
    expect(dangersNow({ ...plain, rpps: '99700427869', lastDay: '2020-01-01' }, null)).toEqual(['create'])
    expect(dangersNow({ ...plain, role: 'titulaire' }, null)).toEqual(['create', 'role-of-titulaire'])
    expect(dangersNow({ ...plain, rights: [...givenRights] }, null)).toEqual(['create', 'rights'])
  })

  it('is a change of dates that keeps somebody from working today', () => {
    const today = { ...plain, firstDay: '2027-03-01', lastDay: '2027-03-01' }
    const over = { ...plain, lastDay: '2027-02-28' }
    const notYet = { ...plain, firstDay: '2027-03-02' }
    expect(dangersNow(over, plain)).toEqual(['dates'])
    expect(dangersNow(notYet, today)).toEqual(['dates'])
    expect([dangersNow(today, plain), dangersNow(plain, over), dangersNow(notYet, over)]).toEqual([
      [],
      [],
      [],
    ])
  })
})

describe('what is given by whom', () => {
  const adjoint = { ...manager(['manage-operators']), rpps: null, firstDay: null, lastDay: null }
  const rpps = '99700427869'

  it('is everything, by a titulaire, to themselves too', () => {
    const titulaire = { ...adjoint, role: 'titulaire' } as const
    expect(mayGive(titulaire, { ...adjoint, rights: [...givenRights], rpps }, titulaire, true)).toBe(true)
    expect(mayGive(titulaire, { ...titulaire, rpps }, null, false)).toBe(true)
  })

  it('is neither the place of a titulaire nor a right, by anybody else', () => {
    for (const current of [null, adjoint]) {
      expect(mayGive(adjoint, { ...adjoint, role: 'titulaire' }, current, false)).toBe(false)
      expect(mayGive(adjoint, { ...adjoint, rights: [...givenRights] }, current, false)).toBe(false)
      expect(mayGive(adjoint, { ...adjoint, rights: [], role: 'autre', rpps }, current, false)).toBe(
        current === null,
      )
    }
  })

  it('is to oneself no role, right nor RPPS, but dates', () => {
    const mine = (change: Partial<Trust>): boolean =>
      mayGive(adjoint, { ...adjoint, ...change }, adjoint, true)
    const trusted: Partial<Trust>[] = [{ role: 'preparateur' }, { rights: [] }, { rpps }]
    expect(trusted.map(mine)).toEqual([false, false, false])
    expect(mayGive(adjoint, adjoint, { ...adjoint, rpps }, true)).toBe(false)
    expect(mine({ lastDay: '2027-03-01' })).toBe(true)
    expect(mayGive(adjoint, { ...adjoint, role: 'preparateur', rpps }, adjoint, false)).toBe(true)
  })
})
