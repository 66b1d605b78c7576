// The test identities. Their numbers are those of ANS's own test cards and samples; nobody real bears them.

/** How somebody proves who they are: with the CPS card, or with the e-CPS application of a phone. */
export type Means = 'CARD' | 'MOBILE'

export type Activity = Readonly<Record<string, string>>

export type Identity = {
  readonly id: IdentityId
  /** What the page calls it. */
  readonly label: string
  readonly sub: string
  /** `SubjectNameID` and `preferred_username`: `8` and the RPPS, or another form. */
  readonly nationalId: string
  readonly acr: string
  readonly givenName: string
  readonly familyName: string
  readonly civility: string
  /** `code^OID`, as `SubjectRole` says it. */
  readonly role: string
  /** `codeProfession` and what goes with it; empty strings where PSC says nothing. */
  readonly profession: Readonly<Record<string, string>>
  readonly organization: { readonly id: string; readonly name: string }
  readonly activity: Activity
  readonly hasRpps: boolean
}

export type IdentityId =
  'adjointe' | 'titulaire' | 'preparateur' | 'medecin' | 'sans-rpps' | 'sub-uuid' | 'eidas3'

/** PSC's historic `sub`: the federation of the sandbox, then the national id (psc.md §4.3). */
const historicSub = (nationalId: string) => `f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:${nationalId}`

const professions = '1.2.250.1.213.1.1.5.5'
/** TRE_R85-RolePriseCharge (psc.md §4.4). */
const roles = '1.2.250.1.213.1.6.1.107'

const pharmacy = { id: 'F0B0199999', name: 'PHARMACIE DU TEST' }
const officine = {
  codeModeExercice: 'S',
  codeSecteurDactivite: 'SA33',
  codeGenreActivite: 'GENR01',
  numeroFinessSite: '0B0199999',
  identifiantTechniqueDeLaStructure: pharmacy.id,
  raisonSocialeSite: pharmacy.name,
}
const atOrder = { ...officine, autoriteDenregistrement: 'CNOP/CNOP/CNOP' }
const pharmacist = { codeProfession: '21', codeCategorieProfessionnelle: 'C' }

const adjointe: Identity = {
  id: 'adjointe',
  label: 'PATRICIA ADJOINTPHARM — adjointe',
  sub: historicSub('899700261797'),
  nationalId: '899700261797',
  acr: 'eidas1',
  givenName: 'PATRICIA',
  familyName: 'ADJOINTPHARM',
  civility: 'MME',
  role: `21^${professions}`,
  profession: pharmacist,
  organization: pharmacy,
  activity: { ...atOrder, codeSectionPharmacien: 'D' },
  hasRpps: true,
}

const titulaire: Identity = {
  ...adjointe,
  id: 'titulaire',
  label: 'TEST TITULAIRE — titulaire',
  sub: historicSub('899700218896'),
  nationalId: '899700218896',
  givenName: 'TEST',
  familyName: 'TITULAIRE',
  civility: 'M',
  activity: { ...atOrder, codeModeExercice: 'L', codeSectionPharmacien: 'A' },
}

export const identities: readonly Identity[] = [
  adjointe,
  titulaire,
  {
    ...adjointe,
    id: 'preparateur',
    label: 'TEST PREPARATEUR — préparateur',
    sub: historicSub('899700393061'),
    nationalId: '899700393061',
    givenName: 'TEST',
    familyName: 'PREPARATEUR',
    civility: 'M',
    // Profession 39 is deprecated: a préparateur has role 317 and no profession (psc.md §4.4).
    role: `317^${roles}`,
    profession: {},
    activity: { ...officine, codeRole: '317' },
  },
  {
    id: 'medecin',
    label: 'KIT DOC0042788 — médecin',
    sub: historicSub('899700427885'),
    nationalId: '899700427885',
    acr: 'eidas1',
    givenName: 'KIT',
    familyName: 'DOC0042788',
    civility: 'M',
    role: `10^${professions}`,
    profession: {
      codeProfession: '10',
      codeCategorieProfessionnelle: 'C',
      codeCiviliteDexercice: 'DR',
      codeTypeSavoirFaire: 'S',
      codeSavoirFaire: 'SM26',
    },
    organization: { id: 'R102671', name: 'CABINET M DOC0042788' },
    activity: {
      codeModeExercice: 'L',
      codeSecteurDactivite: 'SA07',
      identifiantTechniqueDeLaStructure: 'R102671',
      raisonSocialeSite: 'CABINET M DOC0042788',
      ancienIdentifiantDeLaStructure: '499700427885006',
      autoriteDenregistrement: 'CNOM/CNOM/CNOM',
    },
    hasRpps: true,
  },
  {
    ...adjointe,
    id: 'sans-rpps',
    label: 'TEST SANSRPPS — sans RPPS',
    sub: historicSub('ANS20231122132732'),
    nationalId: 'ANS20231122132732',
    givenName: 'TEST',
    familyName: 'SANSRPPS',
    profession: {},
    activity: officine,
    hasRpps: false,
  },
  {
    ...adjointe,
    id: 'sub-uuid',
    label: 'TEST SUBUUID — sub en UUID',
    // The form announced for 2026 (psc.md §4.3).
    sub: '0d5ac1a8-6b0e-4b57-9d0f-3a1f4f6c2e71',
    nationalId: '899700427869',
    givenName: 'TEST',
    familyName: 'SUBUUID',
  },
  // The same person: PSC's samples say eidas3 of a card (psc.md §2).
  { ...adjointe, id: 'eidas3', label: 'PATRICIA ADJOINTPHARM — eidas3', acr: 'eidas3' },
]

export function findIdentity(id: string): Identity | undefined {
  return identities.find((identity) => identity.id === id)
}

/** Who has this `sub`; that of PATRICIA ADJOINTPHARM is one person's, at whatever level. */
export function identityOfSub(sub: unknown): Identity | undefined {
  return identities.find((identity) => identity.sub === sub)
}
