import { fr } from './french.ts'

/** More names than this are counted: nobody reads them all at the counter, and the journal has them. */
const namesAtMost = 6

/** What Comptoir says of a comptoir.json that changes while it runs. */
export const settingsTexts = {
  /** A fault on a line of its own. */
  fault: ({ where, text }: { readonly where: string | null; readonly text: string }) =>
    fr(where === null ? text : `${where} : ${text}`),
  count: (faults: number) => `${faults} points à corriger.`,
  applied: (keys: readonly string[]) => fr(`Réglages pris en compte : ${named(keys)}.`),
  pending: (keys: readonly string[]) =>
    fr(
      keys.length === 1
        ? `Ce réglage prendra effet au prochain démarrage de Comptoir : ${named(keys)}.`
        : `Ces réglages prendront effet au prochain démarrage de Comptoir : ${named(keys)}.`,
    ),
  restart: 'Fermez Comptoir puis rouvrez-le quand le comptoir est calme.',
  faulty: (count: number) =>
    fr(
      count === 1
        ? 'Les réglages modifiés ont 1 erreur ; Comptoir garde les précédents.'
        : `Les réglages modifiés ont ${count} erreurs ; Comptoir garde les précédents.`,
    ),
  check: fr('Corrigez comptoir.json : « comptoir --check-config » dit tout ce qui ne va pas.'),
  gone: fr("comptoir.json n'est plus à sa place ; Comptoir garde les réglages qu'il avait."),
  goneRemedy: 'Remettez-le : sans lui, Comptoir démarrerait avec ses valeurs par défaut.',
  mended: fr('comptoir.json est de nouveau correct : Comptoir le suit.'),
} as const

function named(keys: readonly string[]): string {
  const shown = keys.slice(0, namesAtMost)
  const others = keys.length - shown.length
  return others === 0 ? shown.join(', ') : `${shown.join(', ')} et ${others} autre${others > 1 ? 's' : ''}`
}
