import { expect, test } from 'vitest'
import { isNewer, parseVersion, type Version } from './version.ts'

function version(text: string): Version {
  const parsed = parseVersion(text)
  if (parsed === null) throw new Error(`${text} is no version`)
  return parsed
}

test('versions are ordered as Semantic Versioning §11 has it', () => {
  const inOrder = [
    '0.9.9',
    '1.0.0-0',
    '1.0.0-9',
    '1.0.0-10',
    '1.0.0-99999999999999999998',
    '1.0.0-99999999999999999999',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.1',
    '1.2.0',
    '1.10.0',
    '2.0.0-rc.1',
    '2.0.0',
  ]
  for (const [index, text] of inOrder.entries()) {
    for (const [other, older] of inOrder.entries()) {
      expect(isNewer(version(text), version(older)), `${text} > ${older}`).toBe(index > other)
    }
  }
})

test('a build orders nothing', () => {
  expect(isNewer(version('1.0.0+2'), version('1.0.0+1'))).toBe(false)
  expect(isNewer(version('1.0.0+1'), version('1.0.0+2'))).toBe(false)
})

test.each([
  '',
  '1',
  '1.2',
  'v1.2.3',
  '1.2.3.4',
  '01.2.3',
  '1.2.3-',
  '1.2.3-01',
  '1.2.3-a..b',
  '1.2.3+',
  ' 1.2.3',
  '1.2.3\n',
  '1.2.9999999999',
  '1.2.3-é',
  '1.2.3-<b>',
  `1.2.3-${'a'.repeat(64)}`,
])('%j is no version', (text) => {
  expect(parseVersion(text)).toBeNull()
})
