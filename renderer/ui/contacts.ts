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

/**
 * A number that documents of others give, and that nobody has verified since: shown as such, where the one of the day is
 * not known.
 */
export type OldNumber = { readonly number: string; readonly what: string; readonly seen: string }

export const oldCardsNumber: OldNumber = {
  number: '08 25 85 20 00',
  what: "Carte perdue, volée ou abîmée, codes perdus : service client de l'ANS",
  seen: "page « Assistance » d'esante.gouv.fr, sans date",
}
export const oldPscNumber: OldNumber = {
  number: '0 809 40 00 82',
  what: "Se connecter avec Pro Santé Connect : assistance de l'ANS, appel gratuit",
  seen: 'guide « Utiliser Pro Santé Connect », vers 2023',
}

/** Where one writes for a card, its codes; not verified either. */
export const cardsDesk: Desk = {
  name: 'ANS, cartes',
  site: 'esante.gouv.fr',
  email: 'monserviceclient.cartes@esante.gouv.fr',
  verified: null,
}

/** Sites that the pages of « Aide » name: to be typed or copied in a browser, Comptoir never opens them. */
export const sites = {
  ans: 'esante.gouv.fr',
  /** Where an e-CPS is activated (ANS's environments, September 2026). */
  eCps: 'wallet.esw.esante.gouv.fr',
  industry: 'industriels.esante.gouv.fr',
  datapass: 'datapass.api.gouv.fr',
} as const

/** ANS's two environments (discovery of each, September 2026), and the ones that have gone. */
export const pscHosts = {
  sandbox: 'https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet',
  production: 'https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet',
  gone: 'bas.esw.esante.gouv.fr',
} as const
