import { expect, test } from 'vitest'
import { isPscShortcut } from './shortcut.ts'

const altP = { key: 'p', altKey: true, ctrlKey: false, metaKey: false, repeat: false }

test('Alt+P is for Pro Santé Connect, Caps Lock and macOS included', () => {
  for (const key of ['p', 'P', 'π']) expect(isPscShortcut({ ...altP, key })).toBe(true)
})

test('a plain p, another letter, AltGr+P and a key held down are not', () => {
  expect(isPscShortcut({ ...altP, altKey: false })).toBe(false)
  expect(isPscShortcut({ ...altP, key: 'o' })).toBe(false)
  expect(isPscShortcut({ ...altP, ctrlKey: true })).toBe(false)
  expect(isPscShortcut({ ...altP, metaKey: true })).toBe(false)
  expect(isPscShortcut({ ...altP, repeat: true })).toBe(false)
})
