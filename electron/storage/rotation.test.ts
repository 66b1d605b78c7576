import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayHere, outdated } from './rotation.ts'

const epoch = Date.parse('2027-01-01')
/** The day that is so many days after 1 January 2027. */
const day = (number: number): string =>
  new Date(epoch + number * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)

const someDays = fc
  .uniqueArray(fc.integer({ min: -400, max: 400 }), { maxLength: 120 })
  .map((n) => n.map(day))
const someDay = fc.integer({ min: -400, max: 400 }).map(day)

/** The days that a workstation keeps when it makes a backup on each of `made`, in order. */
function lived(made: readonly string[]): string[] {
  const kept = new Set<string>()
  for (const today of made) {
    kept.add(today)
    for (const gone of outdated([...kept], today)) kept.delete(gone)
  }
  return [...kept].sort()
}

describe('the rotation of backups', () => {
  it('keeps seven days, and the last day of each of four weeks before them', () => {
    // 3 March 2027 is a Wednesday.
    const ninety = Array.from({ length: 90 }, (_, number) => day(number - 28))
    expect(ninety.at(-1)).toBe('2027-03-03')
    expect(lived(ninety)).toEqual([
      // Sundays.
      '2027-01-31',
      '2027-02-07',
      '2027-02-14',
      '2027-02-21',
      '2027-02-25',
      '2027-02-26',
      '2027-02-27',
      '2027-02-28',
      '2027-03-01',
      '2027-03-02',
      '2027-03-03',
    ])
  })

  it('reaches back four weeks at least, whatever the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 400 }), (days) => {
        const kept = lived(Array.from({ length: days }, (_, number) => day(number)))
        expect(kept).toHaveLength(11)
        expect(kept[0]?.localeCompare(day(days - 1 - 28))).not.toBe(1)
      }),
    )
  })

  it('lets go of none of the seven newest, of none to come, and of no more than it must', () => {
    fc.assert(
      fc.property(someDays, someDay, (made, today) => {
        const gone = outdated(made, today)
        const past = made.filter((one) => one <= today).sort()
        const left = past.filter((one) => !gone.includes(one))
        expect(gone.every((one) => past.includes(one))).toBe(true)
        expect(left.slice(-7)).toEqual(past.slice(-7))
        expect(left.length).toBeLessThanOrEqual(11)
        if (past.length <= 7) expect(gone).toEqual([])
        // What is left is left again.
        expect(outdated([...left, ...made.filter((one) => one > today)], today)).toEqual([])
      }),
    )
  })

  it('never lets go of the backup just made, however often the clock is set back', () => {
    fc.assert(
      fc.property(fc.array(someDay, { minLength: 1, maxLength: 200 }), (clock) => {
        const kept = new Set<string>()
        for (const today of clock) {
          kept.add(today)
          const gone = outdated([...kept], today)
          expect(gone).not.toContain(today)
          for (const one of gone) kept.delete(one)
          // What was made before the clock was set back is there too.
          expect([...kept].filter((one) => one <= today).length).toBeLessThanOrEqual(11)
        }
      }),
    )
  })

  it('keeps what was made before the clock was set back by a year', () => {
    const before = Array.from({ length: 60 }, (_, number) => day(365 + number))
    const after = Array.from({ length: 60 }, (_, number) => day(number))
    expect(lived([...before, ...after])).toEqual([...lived(after), ...lived(before)])
  })
})

describe('the day of a backup', () => {
  it('is the one of the workstation', () => {
    const instant = new Date(2027, 2, 3, 0, 30)
    expect(dayHere(instant)).toBe('2027-03-03')
  })
})
