import type { CardSummary, DatabaseSummary, PscSummary, States } from './states.ts'
import { cardSummaries, databaseSummaries, pscSummaries } from './states.ts'

/**
 * The assistance code, « K4-27 »: what is read aloud over the telephone for the three states that explain most calls.
 * The letter is the card's, the next two digits are those of Pro Santé Connect, the last one is the database's. None
 * of O/0, I/1, S/5, B/8, that are heard or read for each other.
 *
 * Each state stands at the place that it has in its list (states.ts): the first card state is A, the first of Pro
 * Santé Connect 22, the first of the database 2. The lists only ever grow at their ends.
 */
export const letters = 'ACDEFGHJKLMNPQRTUVWXYZ'
export const digits = '234679'

/** One code for one set of states: no two sets share one. */
export function assistanceCode({ card, psc, database }: States): string {
  const [of, service, base] = [
    cardSummaries.indexOf(card),
    pscSummaries.indexOf(psc),
    databaseSummaries.indexOf(database),
  ]
  const [tens, units] = [Math.floor(service / digits.length), service % digits.length]
  return `${letters.charAt(of)}${digits.charAt(tens)}-${digits.charAt(units)}${digits.charAt(base)}`
}

/** The states that a code sums up, typed or dictated in any case, with or without its hyphen; null: it is none. */
export function readAssistanceCode(code: string): States | null {
  const [letter = '', tens = '', units = '', last = '', ...more] = code
    .toUpperCase()
    .replaceAll(/[\s\u2010-\u2015-]/gu, '')
  const service = digits.indexOf(tens) * digits.length + digits.indexOf(units)
  const card: CardSummary | undefined = letter === '' ? undefined : cardSummaries[letters.indexOf(letter)]
  const psc: PscSummary | undefined = isDigit(tens) && isDigit(units) ? pscSummaries[service] : undefined
  const database: DatabaseSummary | undefined = isDigit(last)
    ? databaseSummaries[digits.indexOf(last)]
    : undefined
  if (more.length > 0 || card === undefined || psc === undefined || database === undefined) return null
  return { card, psc, database }
}

function isDigit(text: string): boolean {
  return text !== '' && digits.includes(text)
}
