import { describe, expect, it } from 'vitest'
import { filterOf, nothingFiltered, referenceOf, wrongDays } from './filter-form.ts'

/** Already the 13th in Paris. */
const now = new Date('2026-03-12T23:30:00Z')
const filter = (form: Partial<typeof nothingFiltered>) => filterOf({ ...nothingFiltered, ...form }, now)

describe('the filters of the journal', () => {
  it('keep every row at first', () => {
    expect(filter({})).toEqual({
      from: null,
      to: null,
      operator: null,
      kinds: [],
      module: null,
      reference: null,
    })
  })

  it('count days in Paris, both ends included', () => {
    expect(filter({ period: 'today' }).from).toBe('2026-03-12T23:00:00.000Z')
    expect(filter({ period: 'week' }).from).toBe('2026-03-06T23:00:00.000Z')
    expect(filter({ period: 'month' }).from).toBe('2026-02-28T23:00:00.000Z')
    const days = { period: 'between', from: '2026-03-28', to: '2026-03-29' } as const
    expect(filter(days)).toMatchObject({ from: '2026-03-27T23:00:00.000Z', to: '2026-03-29T22:00:00.000Z' })
    expect(filter({ ...days, to: '' })).toMatchObject({ from: '2026-03-27T23:00:00.000Z', to: null })
  })

  it('say when the end is before the beginning', () => {
    const form = { ...nothingFiltered, period: 'between', from: '2026-03-29', to: '2026-03-28' } as const
    expect([
      wrongDays(form),
      wrongDays({ ...form, to: '' }),
      wrongDays({ ...form, period: 'today' }),
    ]).toEqual([true, false, false])
  })

  it('take one kind, or a whole family', () => {
    expect(filter({ kind: 'module.opened' }).kinds).toEqual(['module.opened'])
    expect(filter({ kind: 'family:modules' }).kinds).toEqual([
      'module.opened',
      'module.left',
      'module.veiled',
      'module.failed',
      'module.refused',
      'module.session-given',
      'module.session-refused',
    ])
    expect(filter({ kind: 'family:toString' }).kinds).toEqual([])
  })

  it.each([
    ['7k2-49r', '7K2-49R'],
    ['7k249r', '7K2-49R'],
    [' 7K2 49R ', '7K2-49R'],
    ['7k2-49', null],
    ['', null],
  ])('read the reference %j as %j', (typed, expected) => expect(referenceOf(typed)).toBe(expected))
})
