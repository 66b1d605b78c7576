/** « 9970026•••• »: enough of an RPPS to tell two people of a team apart, not enough to find whose it is. */
export function maskedRpps(digits: string): string {
  return `${digits.slice(0, 7)}••••`
}

/** « P. A. ». */
export function initials(...names: readonly (string | null)[]): string {
  return names
    .flatMap((name) => (name ? `${name.trim().slice(0, 1).toLocaleUpperCase('fr')}.` : []))
    .join(' ')
}
