import type { ViewOf } from '../../../../electron/ipc/views.ts'
import { aboutTexts } from '../about.ts'
import { recordingTexts } from '../built-in.ts'
import { updateTexts } from '../updates.ts'
import { type Article, info, opening, ownSupport, section, text, whom } from './article.ts'

type Recording = { months: number; contact: string }

/** « À propos »: the program, what it records of the team, whom to call, and what others made of it. */
export function aboutHelp(newer: ViewOf<'help'>['newer'], recording: Recording): Article {
  const licence = 'MIT\u00A0: logiciel libre, fourni sans garantie'
  return [
    opening(
      text("Comptoir identifie l'opérateur au comptoir et ouvre les modules de l'officine à son nom."),
      ...(newer === null ? [] : [info(updateTexts.newer(newer.version, newer.page))]),
      { kind: 'facts', facts: [{ name: 'Licence', kind: 'said', values: [licence], hint: null }] },
    ),
    section(aboutTexts.versions, { kind: 'versions' }),
    section('Ce que Comptoir enregistre', text(recordingTexts.told(recording.months, recording.contact))),
    section(
      'Assistance',
      whom([ownSupport, 'Le poste, le lecteur, Cryptolib, Comptoir. Donnez la référence (réf.) affichée.']),
    ),
    section(aboutTexts.components, { kind: 'components' }),
  ]
}
