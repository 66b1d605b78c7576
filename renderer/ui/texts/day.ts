import { fr } from './french.ts'

/** « Fermer la journée ». */
export const dayTexts = {
  close: 'Fermer la journée',
  title: fr('Fermer la journée ?'),
  cancel: 'Annuler',
  /** Of the people connected, locked or waiting here. */
  sessions: (names: readonly string[]) =>
    fr(
      names.length === 1
        ? `La session de ${names.join('')} se termine.`
        : `${names.length} sessions se terminent : ${names.join(', ')}.`,
    ),
  pages: (labels: readonly string[]) => fr(`Ces pages se ferment : ${labels.join(', ')}.`),
  endsPsc: 'Pro Santé Connect se ferme aussi dans le navigateur.',
  programs: (labels: readonly string[]) => fr(`À fermer vous-même : ${labels.join(', ')}.`),
  /** « Fermer Comptoir ? »: those that wait here are not resumed after a restart. */
  suspendedToo: (names: readonly string[]) =>
    fr(`Sessions en attente terminées aussi : ${names.join(', ')}.`),
  /** What one may fear. */
  stays: 'Comptoir reste ouvert, prêt pour la prochaine identification.',
  closed: 'Journée fermée. Bonne soirée.',
  cardLeft: 'Journée fermée. Votre carte est encore dans le lecteur.',
  cardLeftRemedy: 'Reprenez-la avant de partir.',
  programsLeft: (labels: readonly string[]) =>
    fr(`Encore ouverts, à fermer vous-même : ${labels.join(', ')}.`),
} as const
