import { expect, it } from 'vitest'
import { namesReader } from './reader-names.ts'

const long = 'ACME Corporation Dual Interface Smart Card Reader [CCID Interface] (1234567890) 00 00'

it.each([
  ['Gemalto PC Twin Reader 00 00', 'Gemalto PC Twin Reader 00 00', true],
  ['Gemalto PC Twin Reader 00 00', 'Gemalto PC Twin Reader 01 00', false],
  ['OMNIKEY 5422 Smartcard Reader 0', 'OMNIKEY 5422CL Smartcard Reader 0', false],
  ['Reader', 'Reader ', true],
  ['', 'Reader', false],
  ['Re...er', 'Reader', false],
  ['Re...er', long, false],
  [`${long.slice(0, 30)}...${long.slice(-30)}`, long, true],
  [`${long.slice(0, 30)}...${long.slice(-31)}`, long, true],
  [`${long.slice(0, 30)}...${long.slice(-30)}`, long.replace('00 00', '01 00'), false],
  [long.slice(0, 64), long, true],
  [long.slice(0, 20), long, false],
])('« %s » names « %s »: %s', (description, reader, names) => {
  expect(namesReader(description, reader)).toBe(names)
})
