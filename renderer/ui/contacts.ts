/** A number is kept with the day somebody found it on its owner's own page, or called it: numbers grow old. */
export type Telephone = {
  readonly number: string
  /** `2026-11-22`. */
  readonly verified: string
}

/** Whom one turns to outside the officine. The assistance of the officine is in comptoir.json. */
export type Contact = {
  readonly name: string
  readonly site: string
  /** null: no number could be verified, the site has the one of the day. */
  readonly telephone: Telephone | null
}

/** Agence du numérique en santé: cards, their codes, Pro Santé Connect. */
export const ans: Contact = { name: 'ANS', site: 'esante.gouv.fr', telephone: null }
