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

/** Whom one writes to. */
export type Desk = {
  readonly name: string
  readonly site: string
  readonly email: string
  /** The day somebody found it on its owner's own page; null: nobody has, the site has the one of the day. */
  readonly verified: string | null
}

/** ANS for those who connect a program to Pro Santé Connect. The address is that of api.gouv.fr's page of 2021. */
export const ansPublishers: Desk = {
  name: 'ANS, raccordement à Pro Santé Connect',
  site: 'industriels.esante.gouv.fr',
  email: 'prosanteconnect.editeurs@esante.gouv.fr',
  verified: null,
}
