import { fr } from './french.ts'

const mark = "(paquet d'essai)"

/** How a test package says what it is, wherever a program may be taken for an installed one. */
export const testPackageTexts = {
  title: (title: string) => `${title} ${mark}`,
  version: (version: string) => `${version} ${mark}`,
  footer: fr("Paquet d'essai : à ne pas installer dans une officine"),
} as const
