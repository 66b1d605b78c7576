import { expect, it } from 'vitest'
import type { CardSnapshot } from '../../native/card/states.ts'
import { helpPageOf } from './help-page.ts'

const seen = (state: CardSnapshot['state']): CardSnapshot => ({
  state,
  cryptolib: null,
  readers: [],
  events: true,
})

it('is about what is the matter with the card, else about coming in', () => {
  expect(helpPageOf(null)).toBe('identify')
  expect(helpPageOf(seen({ kind: 'no-reader' }))).toBe('identify')
  expect(helpPageOf(seen({ kind: 'empty-reader', reader: 'R' }))).toBe('identify')
  expect(helpPageOf(seen({ kind: 'mute', reader: 'R' }))).toBe('card')
  expect(helpPageOf(seen({ kind: 'service-stopped' }))).toBe('card')
  expect(helpPageOf(seen({ kind: 'cryptolib-missing' }))).toBe('cryptolib')
})
