import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson, type JsonBreak } from './json-text.ts'

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** A text that somebody has typed in: a document with some characters replaced, put in or taken away. */
const typed = fc
  .tuple(
    fc.json({ maxDepth: 4 }),
    fc.array(
      fc.tuple(
        fc.nat(400),
        fc.nat(2),
        fc.constantFrom(...'{}[]",:\\/ \n\ttruefalsn0123-+.eE#é\u0000\u007F\u0085\u2028'.split('')),
      ),
      { maxLength: 4 },
    ),
  )
  .map(([text, changes]) => {
    let changed = text
    for (const [at, taken, put] of changes) {
      const offset = at % (changed.length + 1)
      changed = changed.slice(0, offset) + put + changed.slice(offset + taken)
    }
    return changed
  })

describe('a JSON text', () => {
  it('is what JSON.parse takes for one, and has the same value', () => {
    let [sound, broken] = [0, 0]
    fc.assert(
      fc.property(typed, (text) => {
        const reading = readJson(text)
        expect(reading.kind).toBe(parses(text) ? 'json' : 'broken')
        if (reading.kind === 'json') expect(reading.value).toEqual(JSON.parse(text))
        if (reading.kind === 'json') sound += 1
        else broken += 1
      }),
      { numRuns: 3000 },
    )
    expect(Math.min(sound, broken)).toBeGreaterThan(300)
  })

  it('is cut short wherever it is cut, but in the middle of nothing', () => {
    const whole = JSON.stringify({ a: [true, null, -1.5e3, 'é\u2028\n', { b: {} }], c: '\\ "' }, null, 1)
    for (let length = 1; length < whole.length; length += 1) {
      expect(readJson(whole.slice(0, length))).toMatchObject({ kind: 'broken', why: 'cut-short' })
    }
  })

  it.each<[string, JsonBreak, number, number]>([
    ['', 'empty', 1, 1],
    [' \n', 'empty', 2, 1],
    ['// poste 1\n{}', 'comment', 1, 1],
    ['{\n  # poste 1\n}', 'comment', 2, 3],
    ['{ "a": 1 } /* fin */', 'after-the-end', 1, 12],
    ['{ "a": 1 /* un */ }', 'comment', 1, 10],
    ['{ "a": 1, // un\n "b": 2 }', 'comment', 1, 11],
    ['{\n  "pharmacy": {},\n}', 'trailing-comma', 3, 1],
    ['[1, ]', 'trailing-comma', 1, 5],
    ['{ "enabled": true "onRemoval": "ask" }', 'missing-comma', 1, 19],
    ['["a" "b"]', 'missing-comma', 1, 6],
    ['{ "a" 1 }', 'missing-colon', 1, 7],
    ['{ "a" = 1 }', 'missing-colon', 1, 7],
    ['{ name: 1 }', 'bare-key', 1, 3],
    ["{ 'name': 1 }", 'quotes', 1, 3],
    ['{ “name”: 1 }', 'quotes', 1, 3],
    ['{ "name": « a » }', 'quotes', 1, 11],
    ['{ "folder": "D:\\Sauvegardes" }', 'backslash', 1, 16],
    ['{ "a": "une ligne\nune autre" }', 'open-string', 1, 18],
    ['{ "a": "oubliée }\n}', 'open-string', 1, 18],
    ['{ "a": True }', 'word', 1, 8],
    ['{ "a": oui }', 'word', 1, 8],
    ['{ "a": 007 }', 'number', 1, 8],
    ['{ "a": .5 }', 'number', 1, 8],
    ['{ "a": 1, "b": 0x1F }', 'number', 1, 16],
    ['{ "a": 3;}', 'unexpected', 1, 9],
    ['{,}', 'unexpected', 1, 2],
    ['{}{}', 'after-the-end', 1, 3],
    ['{ "a": [1, 2 }', 'unexpected', 1, 14],
    ['['.repeat(1000), 'too-deep', 1, 66],
  ])('%j is broken: %s', (text, why, line, column) => {
    expect(readJson(text)).toEqual({ kind: 'broken', why, at: { line, column } })
  })

  it('counts lines as any system ends them', () => {
    expect(readJson('{\r\n"a":\r\nx}')).toMatchObject({ at: { line: 3, column: 1 } })
    expect(readJson('{\r"a":\rx}')).toMatchObject({ at: { line: 3, column: 1 } })
  })

  it('tells the keys that are there twice, however they are written', () => {
    const reading = readJson('{ "a": 1,\n "b": [{ "c": 1, "d": 2, "\\u0063": 3 }],\n "a": 2, "a": 3 }')
    expect(reading).toMatchObject({ kind: 'json', value: { a: 3, b: [{ c: 3, d: 2 }] } })
    expect(reading.kind === 'json' && reading.duplicates).toEqual([
      { path: ['b', 0, 'c'], at: { line: 2, column: 26 }, first: { line: 2, column: 10 } },
      { path: ['a'], at: { line: 3, column: 2 }, first: { line: 1, column: 3 } },
      { path: ['a'], at: { line: 3, column: 10 }, first: { line: 1, column: 3 } },
    ])
  })

  it('tells where a path stands, and of an absent one where its place is', () => {
    const reading = readJson('{\n "modules": [\n  { "id": "a" },\n  {\n   "id": "b" } ] }')
    if (reading.kind !== 'json') throw new Error('broken')
    expect(reading.placeOf([])).toEqual({ line: 1, column: 1 })
    expect(reading.placeOf(['modules'])).toEqual({ line: 2, column: 2 })
    expect(reading.placeOf(['modules', 1])).toEqual({ line: 4, column: 3 })
    expect(reading.placeOf(['modules', 1, 'id'])).toEqual({ line: 5, column: 4 })
    expect(reading.placeOf(['modules', 1, 'launch', 'url'])).toEqual({ line: 4, column: 3 })
    expect(reading.placeOf(['psc'])).toEqual({ line: 1, column: 1 })
  })
})
