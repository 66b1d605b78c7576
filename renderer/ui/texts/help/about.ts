import { recordingTexts } from '../built-in.ts'
import { type Article, opening, ownSupport, section, text, whom } from './article.ts'

/** « À propos »: the program, what it records of the team, and whom to call. */
export function aboutHelp(version: string, recording: { months: number; contact: string }): Article {
  return [
    opening(
      text("Comptoir identifie l'opérateur au comptoir et ouvre les modules de l'officine à son nom."),
      {
        kind: 'facts',
        facts: [
          { name: 'Version', kind: 'said', values: [version], hint: null },
          {
            name: 'Licence',
            kind: 'said',
            values: ['MIT\u00A0: logiciel libre, fourni sans garantie'],
            hint: null,
          },
        ],
      },
    ),
    section('Ce que Comptoir enregistre', text(recordingTexts.told(recording.months, recording.contact))),
    section(
      'Assistance',
      whom([ownSupport, 'Le poste, le lecteur, Cryptolib, Comptoir. Donnez la référence (réf.) affichée.']),
    ),
  ]
}
