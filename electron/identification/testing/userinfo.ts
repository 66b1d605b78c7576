/** The doctor of the test environment, as PSC answered in February 2023, some empty members left out. */
export const kitsUserinfo = {
  Secteur_Activite: 'SA07^1.2.250.1.71.4.2.4',
  sub: 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:899700427885',
  SubjectOrganization: 'CABINET M DOC0042788',
  Mode_Acces_Raison: '',
  preferred_username: '899700427885',
  given_name: 'KIT',
  family_name: 'DOC0042788',
  Acces_Regulation_Medicale: 'FAUX',
  UITVersion: '1.0',
  authMode: 'CARD',
  Palier_Authentification: 'APPPRIP3^1.2.250.1.213.1.5.1.1.1',
  SubjectRefPro: {
    codeCivilite: 'M',
    exercices: [
      {
        codeProfession: '10',
        codeCategorieProfessionnelle: 'C',
        codeCiviliteDexercice: 'DR',
        nomDexercice: 'DOC0042788',
        prenomDexercice: 'KIT',
        codeTypeSavoirFaire: 'S',
        codeSavoirFaire: 'SM26',
        activities: [
          {
            codeModeExercice: 'L',
            codeSecteurDactivite: 'SA07',
            codeSectionPharmacien: '',
            codeRole: '',
            codeGenreActivite: '',
            numeroFinessSite: '',
            identifiantTechniqueDeLaStructure: 'R102671',
          },
        ],
      },
    ],
  },
  SubjectOrganizationID: 'R102671',
  SubjectRole: ['10^1.2.250.1.213.1.1.5.5'],
  PSI_Locale: '1.2.250.1.213.1.3.1.1',
  otherIds: [{ identifiant: '899700427885', origine: 'RPPS', qualite: 1 }],
  SubjectNameID: '899700427885',
}

/** A pharmacist of an officine: the same shape, the activity invented. */
export const patriciasUserinfo = {
  SubjectNameID: '899700261797',
  preferred_username: '899700261797',
  given_name: 'PATRICIA',
  family_name: 'ADJOINTPHARM',
  sub: 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:899700261797',
  authMode: 'MOBILE',
  SubjectRole: ['21^1.2.250.1.213.1.1.5.5'],
  otherIds: [{ identifiant: '899700261797', origine: 'RPPS', qualite: 1 }],
  SubjectRefPro: {
    codeCivilite: 'MME',
    exercices: [
      {
        codeProfession: '21',
        codeCategorieProfessionnelle: 'C',
        nomDexercice: 'ADJOINTPHARM',
        prenomDexercice: 'PATRICIA',
        activities: [{ codeSecteurDactivite: 'SA33', codeSectionPharmacien: 'D', codeRole: '' }],
      },
    ],
  },
}

/** A userinfo without some of its members. */
export function without(userinfo: Record<string, unknown>, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(userinfo).filter(([name]) => !names.includes(name)))
}
