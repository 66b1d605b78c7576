import { describe, expect, it } from 'vitest'
import { foreseenOf } from './foreseen.ts'
import { roles, type Operator } from './operator.ts'
import type { Member } from './repository.ts'

const now = new Date(2027, 2, 1, 10)
const withRpps = { kind: 'rpps', digits: '99700427869' } as const

function member(code: string, operator: Partial<Operator>, over: Partial<Member> = {}): Member {
  return {
    operator: {
      id: code,
      code,
      firstName: 'Patricia',
      lastName: code,
      role: 'adjoint',
      rpps: withRpps,
      suspended: false,
      firstDay: null,
      lastDay: null,
      rights: [],
      ...operator,
    },
    provisional: false,
    departedAt: null,
    cardUntil: null,
    createdAt: '',
    changedAt: '',
    ...over,
  }
}
const told = (members: readonly Member[]) =>
  foreseenOf(members, now).map((item) => [
    item.member.operator.code,
    item.kind,
    'day' in item ? item.day : null,
  ])

describe('« À prévoir »', () => {
  it('says which pharmacists have no RPPS, and nags no préparateur', () => {
    const team = roles.map((role) => member(role, { role, rpps: null }))
    expect(told(team)).toEqual([
      ['titulaire', 'without-rpps', null],
      ['adjoint', 'without-rpps', null],
      ['remplacant', 'without-rpps', null],
    ])
  })

  it('says nothing of the RPPS or the card of who does not work here any more', () => {
    const gone = { departedAt: '2027-01-01T00:00:00.000Z', cardUntil: '2027-01-01' }
    expect(told([member('a', { rpps: null, suspended: true, lastDay: '2027-01-31' }, gone)])).toEqual([])
    expect(told([member('b', { rpps: null, suspended: true }, { cardUntil: '2027-01-01' })])).toEqual([])
  })

  it('says the last days of the next thirty days, and those past until the departure', () => {
    const days = ['2027-03-31', '2027-04-01', '2027-03-01', '2027-02-01']
    expect(told(days.map((lastDay) => member(lastDay, { lastDay })))).toEqual([
      ['2027-02-01', 'last-day', '2027-02-01'],
      ['2027-03-01', 'last-day', '2027-03-01'],
      ['2027-03-31', 'last-day', '2027-03-31'],
    ])
    const suspended = days.map((lastDay) => member(lastDay, { lastDay, suspended: true }))
    expect(told(suspended)).toEqual([['2027-02-01', 'last-day', '2027-02-01']])
  })

  it('says the cards that end within sixty days, or have ended', () => {
    const days = ['2027-04-30', '2027-05-01', '2027-02-28']
    expect(told(days.map((cardUntil) => member(cardUntil, {}, { cardUntil })))).toEqual([
      ['2027-02-28', 'card', '2027-02-28'],
      ['2027-04-30', 'card', '2027-04-30'],
    ])
  })

  it('comes most urgent first: by its day, then those without RPPS in the order of the list', () => {
    const team = [
      member('a', { rpps: null }, { cardUntil: '2027-03-20' }),
      member('b', { rpps: null, lastDay: '2027-03-10' }),
      member('c', {}, { cardUntil: '2027-02-01' }),
    ]
    expect(told(team)).toEqual([
      ['c', 'card', '2027-02-01'],
      ['b', 'last-day', '2027-03-10'],
      ['a', 'card', '2027-03-20'],
      ['a', 'without-rpps', null],
      ['b', 'without-rpps', null],
    ])
  })
})
