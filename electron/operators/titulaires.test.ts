import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isActive, roles, type Operator } from './operator.ts'
import { leavesDayWithoutTitulaire } from './titulaires.ts'

const now = new Date(2027, 2, 1, 10)
const titulaire = (over: Partial<Operator> = {}): Operator => ({
  id: 'a',
  code: '0',
  firstName: 'Alice',
  lastName: 'Titulaire',
  role: 'titulaire',
  rpps: null,
  suspended: false,
  firstDay: null,
  lastDay: null,
  rights: [],
  ...over,
})
const alone = [titulaire()]

describe('the last titulaire', () => {
  it('can be neither suspended, nor given another role, nor gone', () => {
    expect(leavesDayWithoutTitulaire(alone, [titulaire({ suspended: true })], now)).toBe(true)
    expect(leavesDayWithoutTitulaire(alone, [titulaire({ role: 'adjoint' })], now)).toBe(true)
    expect(leavesDayWithoutTitulaire(alone, [], now)).toBe(true)
    expect(leavesDayWithoutTitulaire(alone, alone, now)).toBe(false)
  })

  it('is given no dates that leave days without one', () => {
    expect(leavesDayWithoutTitulaire(alone, [titulaire({ firstDay: '2027-03-02' })], now)).toBe(true)
    expect(leavesDayWithoutTitulaire(alone, [titulaire({ lastDay: '2027-12-31' })], now)).toBe(true)
    expect(leavesDayWithoutTitulaire(alone, [titulaire({ firstDay: '2027-03-01' })], now)).toBe(false)
  })

  it('hands over to the next one from the day after', () => {
    const leaving = titulaire({ lastDay: '2027-12-31' })
    const next = (firstDay: string) => titulaire({ id: 'b', firstDay })
    const both = (firstDay: string) => [titulaire(), next(firstDay)]
    expect(leavesDayWithoutTitulaire(both('2028-01-01'), [leaving, next('2028-01-01')], now)).toBe(false)
    expect(leavesDayWithoutTitulaire(both('2028-01-02'), [leaving, next('2028-01-02')], now)).toBe(true)
  })

  it('is not wanted where there was none anyway', () => {
    const gone = titulaire({ lastDay: '2027-02-28' })
    expect(leavesDayWithoutTitulaire([gone], [{ ...gone, suspended: true }], now)).toBe(false)
    expect(leavesDayWithoutTitulaire([], [], now)).toBe(false)
  })

  it('is as each day of the next three weeks says', () => {
    const day = fc.option(fc.integer({ min: -3, max: 18 }).map((days) => dayOf(days)))
    const person = fc.record({
      role: fc.constantFrom(...roles.slice(0, 2)),
      suspended: fc.boolean(),
      firstDay: day,
      lastDay: day,
    })
    const team = fc.array(
      person.map((over) => titulaire(over)),
      { maxLength: 3 },
    )
    fc.assert(
      fc.property(team, team, (before, after) => {
        const days = Array.from({ length: 21 }, (_, days) => new Date(2027, 2, 1 + days, 12))
        const lost = days.some((at) => covered(before, at) && !covered(after, at))
        expect(leavesDayWithoutTitulaire(before, after, now)).toBe(lost)
      }),
      { numRuns: 2000 },
    )
  })
})

function covered(people: readonly Operator[], at: Date): boolean {
  return people.some((one) => one.role === 'titulaire' && isActive(one, at))
}

function dayOf(days: number): string {
  return new Date(Date.UTC(2027, 2, 1 + days)).toISOString().slice(0, 10)
}
