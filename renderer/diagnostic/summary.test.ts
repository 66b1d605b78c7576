import { expect, test } from 'vitest'
import type { CheckView } from '../../electron/ipc/diagnostic-views.ts'
import { diagnosticWindowTexts as words } from '../ui/texts/diagnostic-window.ts'
import { summaryOf } from './summary.ts'

const check = (number: number, verdict: 'fine' | 'watch' | 'mend' | null): CheckView => ({
  id: 'psc',
  number,
  finding: verdict === null ? null : { verdict, text: 'Constat.', remedy: null },
})

test('what is to be corrected comes before what is to be watched, each by number', () => {
  const summary = summaryOf([
    check(1, 'watch'),
    check(2, 'mend'),
    check(3, 'fine'),
    check(4, null),
    check(5, 'mend'),
  ])
  expect(summary.points.map(({ number }) => number)).toEqual([2, 5, 1])
  expect(summary).toMatchObject({ done: 4, mend: 2, watch: 1 })
})

test.each([
  [0, 0, 'Tout est prêt'],
  [1, 0, '1 point à corriger'],
  [2, 1, '2 points à corriger, 1 à surveiller'],
  [0, 3, '3 points à surveiller'],
])('%i and %i: « %s »', (mend, watch, said) => {
  expect(words.points(mend, watch)).toBe(said)
})

test('the code is spelled', () => {
  expect(words.spelled('K4-27')).toBe('K 4 - 2 7')
})
