import { randomInt } from 'node:crypto'

/** Without what reads or sounds like something else: 0 O, 1 I l, 5 S, 2 Z, 8 B, U V, M N. */
const alphabet = 'ACDEFGHJKPQRTWXY34679'
const groups = 4
const charactersPerGroup = 4

/**
 * A password to be written down, read aloud and changed at the first login: sixteen characters in groups of four
 * (`K7FT-9XPA-…`), 70 bits.
 */
export function newProvisionalPassword(): string {
  return Array.from({ length: groups }, group).join('-')
}

function group(): string {
  return Array.from({ length: charactersPerGroup }, () => alphabet.charAt(randomInt(alphabet.length))).join(
    '',
  )
}
