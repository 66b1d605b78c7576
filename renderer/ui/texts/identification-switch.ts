import { fr } from './french.ts'

/** The global shortcut that changes operator. */
export const switchTexts = {
  taken: (shortcut: string) => fr(`Le raccourci ${shortcut} est pris par un autre programme.`),
  wayland: (shortcut: string) =>
    fr(`Le raccourci ${shortcut} ne peut pas marcher ici : ce poste affiche ses fenêtres par Wayland.`),
  remedy: fr(
    "En attendant, utilisez « Changer d'opérateur » ; votre assistance peut choisir un autre raccourci dans comptoir.json.",
  ),
} as const
