import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { shortName } from './short-name.ts'

test.each([
  ['PATRICIA', 'ADJOINTPHARM', 'Patricia A.'],
  ['JEAN-PIERRE', "D'AUBIGNÉ", 'Jean-Pierre D.'],
  ['MARIE CLAIRE', 'de La Tour', 'Marie Claire D.'],
  ['Zoé', 'éloi', 'Zoé É.'],
  ['N’GOLO', 'Kanté', 'N’Golo K.'],
  ['ÉLÉONORE', 'E\u0301loi', 'Éléonore É.'],
  ['DiAna', 'X', 'DiAna X.'],
])('%s %s is %s', (firstName, lastName, said) => {
  expect(shortName({ firstName, lastName })).toBe(said)
})

test('a last name never shows beyond its first letter', () => {
  const name = fc.stringMatching(/^[A-Za-zÀ-ÖØ-öø-ÿ]{2,40}$/u)
  fc.assert(
    fc.property(name, name, (firstName, lastName) => {
      const said = shortName({ firstName, lastName })
      const [first, initial, ...more] = said.split(' ')
      expect(first?.toLowerCase()).toBe(firstName.toLowerCase())
      expect(initial).toMatch(/^\p{L}\.$/u)
      expect(more).toEqual([])
      expect(lastName.toLocaleUpperCase('fr').startsWith(initial?.slice(0, -1) ?? '?')).toBe(true)
    }),
  )
})
