/** How two names of somebody compare: PSC writes them in capitals, and may add or leave out one of several. */
export type NameComparison = 'same' | 'one-differs' | 'both-differ'

type Names = { readonly firstName: string; readonly lastName: string }

/**
 * Compares names without accents, case, hyphens or apostrophes; of a compound name, either part alone is the same name.
 * Names that are not given differ: nothing says that they are the same.
 */
export function compareNames(one: Names, other: Names): NameComparison {
  const first = isSame(one.firstName, other.firstName)
  const last = isSame(one.lastName, other.lastName)
  if (first && last) return 'same'
  return first || last ? 'one-differs' : 'both-differ'
}

function isSame(one: string, other: string): boolean {
  const [few = [], many = []] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length)
  return few.length > 0 && few.every((word) => many.includes(word))
}

function wordsOf(name: string): string[] {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
