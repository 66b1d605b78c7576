import type { Identity, Means } from './identities.ts'

/** The fields of an activity, in the order of PSC's samples; those without a value are empty, never absent. */
const activityFields = [
  'codeModeExercice',
  'codeSecteurDactivite',
  'codeSectionPharmacien',
  'codeRole',
  'codeGenreActivite',
  'numeroSiretSite',
  'numeroSirenSite',
  'numeroFinessSite',
  'numeroFinessetablissementJuridique',
  'identifiantTechniqueDeLaStructure',
  'raisonSocialeSite',
  'enseigneCommercialeSite',
  'complementDestinataire',
  'numeroVoie',
  'codeTypeDeVoie',
  'libelleVoie',
  'bureauCedex',
  'codePostal',
  'codePays',
  'telephone',
  'adresseEMail',
  'codeDepartement',
  'ancienIdentifiantDeLaStructure',
  'autoriteDenregistrement',
]

const professionFields = ['codeProfession', 'codeCategorieProfessionnelle', 'codeCiviliteDexercice']
const skillFields = ['codeTypeSavoirFaire', 'codeSavoirFaire']

/** The members of an exercise that whoever has no profession lacks altogether (psc.md §4.4). */
function exercise(identity: Identity): Record<string, unknown> {
  const { profession } = identity
  const hasProfession = profession['codeProfession'] !== undefined
  return {
    ...(hasProfession ? filled(professionFields, profession) : {}),
    nomDexercice: identity.familyName,
    prenomDexercice: identity.givenName,
    ...(hasProfession ? filled(skillFields, profession) : {}),
    activities: [filled(activityFields, identity.activity)],
  }
}

/** What PSC's userinfo endpoint says of somebody who proved who they are by these means (psc.md §4.1, §4.5). */
export function userinfo(identity: Identity, means: Means): Record<string, unknown> {
  return {
    Secteur_Activite: `${identity.activity['codeSecteurDactivite'] ?? ''}^1.2.250.1.71.4.2.4`,
    sub: identity.sub,
    SubjectOrganization: identity.organization.name,
    Mode_Acces_Raison: '',
    preferred_username: identity.nationalId,
    given_name: identity.givenName,
    family_name: identity.familyName,
    Acces_Regulation_Medicale: 'FAUX',
    UITVersion: '1.0',
    authMode: means,
    Palier_Authentification: 'APPPRIP3^1.2.250.1.213.1.5.1.1.1',
    SubjectRefPro: { codeCivilite: identity.civility, exercices: [exercise(identity)] },
    SubjectOrganizationID: identity.organization.id,
    SubjectRole: [identity.role],
    PSI_Locale: '1.2.250.1.213.1.3.1.1',
    otherIds: otherIds(identity),
    SubjectNameID: identity.nationalId,
  }
}

/** The names of all claims of userinfo; PSC gives them all to who asked for `scope_all`. */
export const userinfoClaims = [
  'Secteur_Activite',
  'SubjectOrganization',
  'Mode_Acces_Raison',
  'preferred_username',
  'given_name',
  'family_name',
  'Acces_Regulation_Medicale',
  'UITVersion',
  'authMode',
  'Palier_Authentification',
  'SubjectRefPro',
  'SubjectOrganizationID',
  'SubjectRole',
  'PSI_Locale',
  'otherIds',
  'SubjectNameID',
]

export function otherIds({ hasRpps, nationalId }: Identity): Record<string, unknown>[] {
  return hasRpps ? [{ identifiant: nationalId, origine: 'RPPS', qualite: 1 }] : []
}

function filled(fields: readonly string[], values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field, values[field] ?? '']))
}
