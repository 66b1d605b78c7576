import type { CheckId } from '../../../electron/diagnostic/finding.ts'
import { diagnosticTexts } from './diagnostic.ts'
import { fr, timeOfDay } from './french.ts'

/** « 7. Pro Santé Connect ». */
function numbered(number: number, id: CheckId): string {
  return `${number}.\u00A0${diagnosticTexts.checks[id].name}`
}

function counted(count: number, what: string): string {
  return `${count} point${count > 1 ? 's' : ''} ${what}`
}

/** How many points there are, by verdict: « 2 points à corriger, 1 à surveiller ». */
function points(mend: number, watch: number): string {
  if (mend === 0) return watch === 0 ? 'Tout est prêt' : counted(watch, 'à surveiller')
  return watch === 0 ? counted(mend, 'à corriger') : `${counted(mend, 'à corriger')}, ${watch} à surveiller`
}

/** « K 4 - 2 7 », as a screen reader says it. */
function spelled(code: string): string {
  return code.replaceAll(/(?<=.)(?=.)/gu, ' ')
}

/** The window « Diagnostic du poste »; what its checks are called and find is in diagnostic.ts. */
export const diagnosticWindowTexts = {
  numbered,
  points,
  spelled,
  place: (pharmacy: string, workstation: string) => `${pharmacy} · ${workstation}`,
  looking: 'Vérification du poste…',
  progress: 'Avancement du diagnostic',
  done: (done: number, total: number) => `${done} sur ${total}`,
  endedAt: (at: string) => fr(`Diagnostic terminé à ${timeOfDay(at)}`),
  /** Spoken at the end; the code letter by letter. */
  ended: (mend: number, watch: number, code: string) =>
    fr(`Diagnostic terminé : ${points(mend, watch)}. Code à dire à votre assistance : ${spelled(code)}.`),
  toLookAt: 'Points à regarder',
  code: 'À dire à votre assistance',
  noSupport: 'Celle de votre officine',
  checks: 'Contrôles',
  underWay: 'En cours…',
  help: (page: string) => fr(`Aide : ${page}`),
  again: 'Relancer',
  copy: 'Copier',
  copied: 'Copié.',
  save: 'Enregistrer…',
  saved: (name: string) => fr(`Enregistré : ${name}`),
  print: 'Imprimer',
  close: 'Fermer',
  named: 'Afficher les noms et les RPPS',
  namedWarning: fr(
    "Noms et RPPS affichés : ne les montrez qu'à votre assistance. Copier ou enregistrer s'inscrit au journal.",
  ),
  saveTitle: 'Enregistrer le diagnostic',
  fileName: (day: string) => `diagnostic-${day}`,
  fileKind: 'Texte',
} as const
