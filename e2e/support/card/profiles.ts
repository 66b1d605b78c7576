import type { Name } from './certificates.ts'

/** A card of ANS's test people, before it is issued. Names, numbers and extensions: cryptolib-cps.md §4. */
export type Profile = {
  /** The token's label: contactless ones bear no number (§2). */
  readonly label: string
  readonly number: string
  readonly contactless: boolean
  /** The authority that issues such cards, without `TEST `. */
  readonly authority: `AC IGC-SANTE ${'FORT' | 'STANDARD' | 'ELEMENTAIRE'} PERSONNES`
  readonly subject: Name
  /** Nomenclature G02: 0 CPS, 1 CPF, 2 CPE, 3 CPA. */
  readonly type: 0 | 1 | 2 | 3
  /** Nomenclature G15, and whether the holder still studies for it. */
  readonly profession: { readonly code: number; readonly future: boolean } | null
}

const france = { country: 'FR' } as const
const fort = 'AC IGC-SANTE FORT PERSONNES'
const patricia = { commonName: '899700261797', surname: 'ADJOINTPHARM', givenName: 'PATRICIA' } as const

const pharmacist = {
  number: '2800385266',
  contactless: false,
  authority: fort,
  subject: [france, { title: 'Pharmacien' }, patricia],
  type: 0,
  profession: { code: 21, future: false },
} as const

/** The cards that there are, by what tells them apart. */
export const profiles = {
  pharmacist: { ...pharmacist, label: 'CPS3v3-2800385266' },
  /** The same pharmacist with a card of the generation after. */
  'pharmacist-cps4': { ...pharmacist, label: 'CPS4v1-8042410007', number: '8042410007' },
  /** The antenna of her card: no code, and a certificate that names nobody. */
  contactless: {
    ...pharmacist,
    label: 'CPS3v3_CL',
    contactless: true,
    subject: [france, { commonName: '2800385266' }],
    profession: null,
  },
  /** A national id that is no RPPS. */
  'adeli-nurse': {
    label: 'CPS3v3-2800636234',
    number: '2800636234',
    contactless: false,
    authority: fort,
    subject: [
      france,
      { title: 'Infirmier' },
      { commonName: '00B6087510', surname: 'INFIRMCS ADELI8751', givenName: 'OLIVIER' },
    ],
    type: 0,
    profession: { code: 60, future: false },
  },
  /** A future professional. */
  student: {
    label: 'CPS3v3-2900995266',
    number: '2900995266',
    contactless: false,
    authority: fort,
    subject: [
      france,
      { title: 'Etudiant Pharmacien' },
      { commonName: '899700075122', surname: 'ETUDIANTPHARM', givenName: 'CAMILLE' },
    ],
    type: 1,
    profession: { code: 21, future: true },
  },
  /** A practice's employee: a pseudonym and the structure's id. */
  employee: {
    label: 'CPS3v3-2800811368',
    number: '2800811368',
    contactless: false,
    authority: 'AC IGC-SANTE ELEMENTAIRE PERSONNES',
    subject: [
      france,
      { state: 'Paris (75)' },
      { organization: 'CABINET INFIRMIER' },
      { organizationalUnit: '00B608876500' },
      { title: 'Carte de service de santé ou social' },
      { pseudonym: 'ASSISTINFIRM', commonName: '10B608876500/CPET0001' },
    ],
    type: 2,
    profession: null,
  },
  /** Somebody authorised, of an organisation. */
  authorised: {
    label: 'CPS3v3-3100603746',
    number: '3100603746',
    contactless: false,
    authority: 'AC IGC-SANTE STANDARD PERSONNES',
    subject: [
      france,
      { organization: 'TEST' },
      { locality: 'Paris (75)' },
      { organizationalUnit: '500000000029751' },
      { commonName: '500000000029751/CPAT0001', surname: 'AUTORISE', givenName: 'PATRICE' },
    ],
    type: 3,
    profession: null,
  },
} as const satisfies Record<string, Profile>

export type ProfileName = keyof typeof profiles
