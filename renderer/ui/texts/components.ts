import { fr } from './french.ts'

/** What the list of third-party components says, in « À propos » and in licences.txt. */
export const componentTexts = {
  fileTitle: 'Comptoir : composants tiers et leurs licences',
  fileIntro: fr(
    'Comptoir est distribué sous licence MIT. Il contient les composants suivants, chacun sous la licence que son auteur lui a donnée.',
  ),
  elsewhere: (file: string) => `Le texte de cette licence est dans ${file}, livré avec le programme.`,
} as const
