/** What stands in the form when the card in the reader changes. */
export type CodeForm = {
  /** The code as it stands. */
  readonly code: string
  /** What a card put there before, or nothing. */
  readonly given: string
  /** Somebody typed in the code, or has begun the password that goes with it. */
  readonly touched: boolean
}

/**
 * The code to put in the form for the card in the reader (`null`: none, or nobody's), or null to leave it as it is. What
 * was typed is never overwritten, and a card takes away no more than what it gave (product.md §2.2).
 */
export function codeFor(card: string | null, { code, given, touched }: CodeForm): string | null {
  const wanted = card ?? ''
  return touched || code !== given || wanted === code ? null : wanted
}
