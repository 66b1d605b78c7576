import { fr } from './french.ts'

/** « Nouveau mot de passe », after the provisional one. */
export const provisionalTexts = {
  title: 'Nouveau mot de passe',
  intro: (name: string) =>
    fr(
      `${name} : ce mot de passe est provisoire. Choisissez le vôtre : personne d'autre ne doit le connaître.`,
    ),
  save: 'Enregistrer et continuer',
} as const
