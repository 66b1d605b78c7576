import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayAfter, parisDay, parisLong, parisStamp, parisTime, startOfParisDay } from './paris.ts'

describe('times told in Paris', () => {
  it('follow its winter and its summer', () => {
    expect(parisStamp('2026-01-31T23:30:05.000Z')).toBe('01/02/2026 00:30:05')
    expect(parisStamp('2026-07-14T22:30:05.000Z')).toBe('15/07/2026 00:30:05')
    expect(parisTime('2026-07-14T06:05:00Z')).toBe('8\u00A0h\u00A005')
    expect(parisLong('2026-05-01T10:00:00Z')).toBe('vendredi 1er\u00A0mai\u00A02026 à 12:00:00')
  })

  it('leave what is no instant as it is', () => {
    expect([parisStamp('hier'), parisLong('hier'), parisTime('hier')]).toEqual(['hier', 'hier', 'hier'])
    expect([startOfParisDay(''), startOfParisDay('2026-13-40'), startOfParisDay('26-1-1')]).toEqual([
      null,
      null,
      null,
    ])
  })

  it('have days that begin at midnight, changes of clock included', () => {
    expect(startOfParisDay('2026-03-29')).toBe('2026-03-28T23:00:00.000Z')
    expect(startOfParisDay('2026-03-30')).toBe('2026-03-29T22:00:00.000Z')
    expect(startOfParisDay('2026-10-25')).toBe('2026-10-24T22:00:00.000Z')
    expect(startOfParisDay('2026-10-26')).toBe('2026-10-25T23:00:00.000Z')
  })

  it('put every instant in the day that its Paris day spans', () => {
    const instants = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instants, (instant) => {
        const day = parisDay(instant)
        const [start, end] = [startOfParisDay(day) ?? '', startOfParisDay(dayAfter(day, 1)) ?? '']
        expect(start <= instant.toISOString() && instant.toISOString() < end).toBe(true)
      }),
    )
  })
})
