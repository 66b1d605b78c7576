import { describe, expect, test } from 'vitest'
import { matchesOf, nextOf } from './recent-choice.ts'

const recent = ['1', '12', 'PAT', '2'].map((code) => ({ code, name: 'Patricia A.' }))

test('what is typed is found at the beginning of a code, whatever its case', () => {
  expect(matchesOf(recent, '')).toEqual([])
  expect(matchesOf(recent, ' ')).toEqual([])
  expect(matchesOf(recent, '1')).toEqual(['1', '12'])
  expect(matchesOf(recent, 'pa ')).toEqual(['PAT'])
  expect(matchesOf(recent, 'AT')).toEqual([])
})

function codeAfter(typed: string, step: 1 | -1): string | undefined {
  return nextOf(recent, typed, step)?.code
}

describe('an arrow', () => {
  test('goes round, from the first or from the last', () => {
    expect(['', '1', '12', 'pat', '2'].map((typed) => codeAfter(typed, 1))).toEqual([
      '1',
      '12',
      'PAT',
      '2',
      '1',
    ])
    expect(['', '1'].map((typed) => codeAfter(typed, -1))).toEqual(['2', '2'])
  })

  test('completes what is typed', () => {
    expect(codeAfter('p', 1)).toBe('PAT')
    expect(codeAfter('p', -1)).toBe('PAT')
    expect(codeAfter('Z', 1)).toBe('1')
  })

  test('leads nowhere when nobody is there', () => {
    expect(nextOf([], '1', 1)).toBeNull()
  })
})
