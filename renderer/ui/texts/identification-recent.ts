import { fr } from './french.ts'

/** Who came in lately, the keypad, and what badge readers type. */
export const recentTexts = {
  title: 'Opérateurs récents',
  /** Describes the field of the code. */
  how: fr('Flèche bas : opérateurs récents, ou Alt et un chiffre.'),
  operator: (name: string, code: string) => `${name} code ${code}`,
  /** Said between the name and the code. */
  code: 'code ',
  tip: (name: string, rank: number) => `${name} (Alt ${rank})`,
  badge: 'Code lu par le badge. Saisissez votre mot de passe.',
  badgeAlone: 'Un badge ne suffit pas ici. Saisissez votre mot de passe.',
  fast: fr('Saisie très rapide : vérifiez-la, puis appuyez sur Entrée.'),
} as const

export const keypadTexts = {
  title: "Clavier à l'écran",
  letters: 'A…Z',
  lettersName: 'A…Z, lettres',
  digits: '1…9',
  digitsName: '1…9, chiffres',
  erase: 'Effacer le dernier caractère',
  erased: 'Effacé',
  ok: 'OK',
  okName: 'OK, valider le code',
} as const
