import { fr } from './french.ts'

/** The names of Comptoir's own pages. */
export const builtInTexts = {
  operators: 'Opérateurs',
  journal: 'Journal',
  connections: 'Mes connexions',
  diagnostic: 'Diagnostic du poste',
} as const

/** What the team is told of the journal, once each, then in « À propos ». */
export const recordingTexts = {
  told: (months: number, contact: string) =>
    fr(
      `Comptoir enregistre vos connexions et les modules ouverts, pour la sécurité et la traçabilité, pendant ${months} mois. Ce journal ne sert pas à mesurer le temps de travail. Vos droits : ${contact}.`,
    ),
  understood: "J'ai compris",
  contact: (pharmacy: string | null) =>
    pharmacy === null ? "le titulaire de l'officine" : `le titulaire de ${pharmacy}`,
} as const
