import { expect, it } from 'vitest'
import { cardState, remarks } from '../../native/card/states.ts'
import { everyText } from './card-states.ts'

it('has one line for each thing that the pill can say, none twice', () => {
  const said = everyText().map(({ text }) => text)
  expect(said).toHaveLength(cardState.options.length + remarks.length)
  expect(new Set(said).size).toBe(said.length)
})

it('tells nobody a reference, a date or a path that is not theirs', () => {
  for (const { text, remedy } of everyText()) {
    expect(`${text} ${remedy ?? ''}`).not.toMatch(/réf|null|undefined|Invalid|NaN|\//u)
  }
})
