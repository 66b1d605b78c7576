import type { CardSnapshot } from '../../native/card/states.ts'

/**
 * What the checks of the card are given: Cryptolib is looked for, loaded, and reads a card, each in some seconds where
 * it is slow (cryptolib-measured.md §4).
 */
export const cardTimeoutMs = 10_000

/** Whether there is something to say of the card yet. */
export function isSettled({ state }: CardSnapshot): boolean {
  return state.kind !== 'searching' && state.kind !== 'reading'
}
