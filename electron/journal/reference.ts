import { randomInt } from 'node:crypto'

/** Letters and digits that are not taken for one another, read aloud or written by hand. */
const alphabet = 'ACDEFGHJKLMNPQRTUVWXYZ234679'

/** A reference to tell over the telephone and to find again in the journal or the log, such as `7K2-49R`. */
export function newReference(): string {
  return `${threeCharacters()}-${threeCharacters()}`
}

function threeCharacters(): string {
  return Array.from({ length: 3 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}
