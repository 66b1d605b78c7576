import { expect, it } from 'vitest'
import { idleTexts } from './locks.ts'
import { locked } from './windows.ts'

it('The minutes without activity are told with a comma', () => {
  expect(locked.reasons.idle(10)).toBe('Après 10\u00A0min sans activité.')
  expect(locked.reasons.idle(1.5)).toBe('Après 1,5\u00A0min sans activité.')
  expect(idleTexts.reason(1.5)).toContain('Sans activité depuis 1,5\u00A0min.')
})
