import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareNames } from './names.ts'

function compare(one: string, other: string) {
  const [firstName = '', lastName = ''] = one.split('/')
  const [otherFirst = '', otherLast = ''] = other.split('/')
  return compareNames({ firstName, lastName }, { firstName: otherFirst, lastName: otherLast })
}

describe('two names', () => {
  it.each([
    ['case', 'PATRICIA/ADJOINTPHARM', 'Patricia/Adjointpharm'],
    ['accents', 'ELODIE/GREGOIRE', 'Élodie/Grégoire'],
    ['accents written in two', 'ELODIE/GREGOIRE', 'E\u0301lodie/Gre\u0301goire'],
    ['a hyphen', 'JEAN PAUL/ADJOINTPHARM', 'Jean-Paul/Adjointpharm'],
    ['an apostrophe', 'PATRICIA/D ADJOINTPHARM', 'Patricia/d’Adjointpharm'],
    ['spaces around', ' PATRICIA / ADJOINTPHARM ', 'Patricia/Adjointpharm'],
    ['a part of a compound name', 'PATRICIA/ADJOINTPHARM DOC', 'Patricia/Adjointpharm'],
    ['the other way round', 'PATRICIA/ADJOINTPHARM', 'Patricia Marie/Adjointpharm-Doc'],
    ['the order of the parts', 'PAUL JEAN/ADJOINTPHARM', 'Jean-Paul/Adjointpharm'],
  ])('are the same whatever %s', (_, one, other) => {
    expect(compare(one, other)).toBe('same')
  })

  it.each([
    ['the last name', 'PATRICIA/DOC', 'Patricia/Adjointpharm', 'one-differs'],
    ['the first name', 'KIT/ADJOINTPHARM', 'Patricia/Adjointpharm', 'one-differs'],
    ['both', 'KIT/DOC', 'Patricia/Adjointpharm', 'both-differ'],
    ['names exchanged', 'ADJOINTPHARM/PATRICIA', 'Patricia/Adjointpharm', 'both-differ'],
    ['a part that is only a beginning', 'PAT/ADJOINTPHARM', 'Patricia/Adjointpharm', 'one-differs'],
    [
      'a shared part, and one of its own each',
      'PATRICIA/ADJOINTPHARM KIT',
      'Patricia/Adjointpharm Doc',
      'one-differs',
    ],
    ['a number', 'PATRICIA/ADJOINTPHARM1', 'Patricia/Adjointpharm', 'one-differs'],
    ['a name that is not given', 'PATRICIA/', 'Patricia/Adjointpharm', 'one-differs'],
    ['names that nobody gives', '/', '/', 'both-differ'],
    ['signs that are no letters', '-/’', "'/ ", 'both-differ'],
  ])('differ by %s', (_, one, other, expected) => {
    expect(compare(one, other)).toBe(expected)
  })

  it('compare the same from either side, and a name is the same as itself', () => {
    const name = fc.record({ firstName: fc.string(), lastName: fc.string() })
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(compareNames(one, other)).toBe(compareNames(other, one))
      }),
    )
    const given = fc.stringMatching(/^[A-Za-zÀ-ÿ]+(?:[ '-][A-Za-z]+)*$/u)
    fc.assert(
      fc.property(given, given, (firstName, lastName) => {
        expect(compareNames({ firstName, lastName }, { firstName, lastName })).toBe('same')
      }),
    )
  })
})
