import { expect, test } from 'vitest'
import { initials } from './initials.ts'

test.each([
  ['PATRICIA ADJOINTPHARM', 'PA'],
  ['MARIE-JOSÉ DE LA TOUR', 'MT'],
  ['élise', 'É'],
  ['  ANNE   BON ', 'AB'],
  ['', ''],
])('initials of « %s » are « %s »', (name, expected) => {
  expect(initials(name)).toBe(expected)
})
