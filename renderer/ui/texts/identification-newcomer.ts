import type { Role } from '../../../electron/operators/operator.ts'
import { dayOf, fr } from './french.ts'

/** « Je n'ai pas de code opérateur »: a replacement for a day. */
export const newcomerTexts = {
  link: "Je n'ai pas de code opérateur",
  /** Without Pro Santé Connect on this workstation. */
  seeTitulaire: fr('Voyez le titulaire : il crée votre code dans « Opérateurs ».'),
  title: 'Votre code opérateur',
  intro: (name: string | null, rpps: string) =>
    fr(
      `Pro Santé Connect vous identifie : ${name === null ? '' : `${name}, `}RPPS ${rpps}. Choisissez votre code et votre mot de passe ; une personne de l'équipe confirmera ensuite.`,
    ),
  firstName: 'Prénom',
  lastName: 'Nom',
  code: 'Code opérateur',
  codeHint: 'De 1 à 6 lettres ou chiffres, à saisir au comptoir.',
  role: 'Fonction',
  firstDay: 'Du',
  lastDay: 'Au',
  datesWrong: "Les dates doivent comprendre aujourd'hui.",
  continue: 'Continuer',
  confirmTitle: (name: string, code: string) => fr(`Accueillir ${name}, code opérateur « ${code} » ?`),
  summary: (role: string, rpps: string, firstDay: string, lastDay: string) =>
    fr(`${role}, RPPS ${rpps}, ${period(firstDay, lastDay)}.`),
  confirm: 'Confirmer',
  correct: 'Corriger',
} as const

/** Those that somebody who lets a newcomer in does not give. */
export const rolesNotGiven: readonly Role[] = ['titulaire']

/** « le 2 mars 2026 », « du 2 mars 2026 au 6 mars 2026 »; at noon, so that no time zone makes it the day before. */
function period(firstDay: string, lastDay: string): string {
  const [from, to] = [firstDay, lastDay].map((day) => dayOf(`${day}T12:00`))
  return firstDay === lastDay ? `le ${from}` : `du ${from} au ${to}`
}
