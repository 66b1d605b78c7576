import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './chain.ts'
import { canonicalObject, fromTable, toTable } from './rows.ts'
import { anyDetails, anyRow, chained } from './testing/chains.ts'

describe('canonicalObject', () => {
  it('reads what canonicalJson writes', () => {
    fc.assert(
      fc.property(anyDetails, (details) => {
        // What JSON.parse makes of the text: -0 is 0 there.
        const text = canonicalJson(details)
        expect(canonicalObject(text)).toEqual(JSON.parse(text))
      }),
      { numRuns: 1000 },
    )
  })

  it('reads nothing else: any other text of the same value is refused', () => {
    const anyText = fc.oneof(
      fc
        .tuple(anyDetails, fc.constantFrom(' ', '\t', 2, 1))
        .map(([value, indent]) => JSON.stringify(value, null, indent)),
      anyDetails.map((value) => JSON.stringify(Object.fromEntries(Object.entries(value).toReversed()))),
      anyDetails.map((value) => canonicalJson(value).replaceAll('a', '\\u0061')),
      fc.json(),
      fc.string(),
    )
    fc.assert(
      fc.property(anyText, (text) => {
        expect(canonicalObject(text) !== null).toBe(isCanonicalBySpecification(text))
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    '[]',
    'null',
    '"a"',
    '1',
    '',
    '{"a":1,"a":1}',
    '{"b":1,"a":1}',
    '{"a":-0}',
    '{"a":1.0}',
    '{"a":"\\ud800"}',
    '{"a":"\\u00e9"}',
    ' {}',
  ])('refuses %s', (text) => {
    expect(canonicalObject(text)).toBeNull()
  })

  it.each([{}, null, undefined, 12, Buffer.from('{}')])('refuses what is no text: %s', (value) => {
    expect(canonicalObject(value)).toBeNull()
  })

  it('takes texts that only look like a lone surrogate, and keys that look like numbers', () => {
    for (const details of [
      { a: '\\ud800' },
      { 10: 1, 2: 1 },
      { '\u20ac': 1, '\r': 2, '\ud83d\ude00': 3, '\ufb33': 4 },
    ]) {
      expect(canonicalObject(canonicalJson(details))).toEqual(details)
    }
  })
})

it('rows come back as they were put', () => {
  fc.assert(
    fc.property(anyRow, (row) => {
      for (const each of chained([row])) {
        expect(fromTable(toTable(each))).toEqual({
          ...each,
          details: JSON.parse(canonicalJson(each.details)),
        })
      }
    }),
  )
})

/** By the library alone, without any short cut. */
function isCanonicalBySpecification(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    return canonicalJson({ value: JSON.parse(text) }) === `{"value":${text}}`
  } catch {
    return false
  }
}
