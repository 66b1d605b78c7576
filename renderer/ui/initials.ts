/** « PA » for « PATRICIA ADJOINTPHARM »: the first letters of the first and of the last word. */
export function initials(name: string): string {
  const words = name.normalize('NFC').trim().split(/\s+/u)
  const first = words[0] ?? ''
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  return [first, last]
    .map((word) => word.charAt(0))
    .join('')
    .toLocaleUpperCase('fr')
}
