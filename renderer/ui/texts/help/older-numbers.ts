import type { OldNumber } from '../../contacts.ts'
import { type HelpBlock, text, words } from './article.ts'

/** Numbers that nobody has verified lately, and where the one of the day is. */
export function olderNumbers(...numbers: readonly OldNumber[]): HelpBlock[] {
  return [
    text(
      numbers.length === 1
        ? "Ce numéro vient d'un document ancien : il a pu changer. Le site de l'ANS a celui du jour."
        : "Ces numéros viennent de documents anciens : ils ont pu changer. Le site de l'ANS a ceux du jour.",
    ),
    {
      kind: 'facts',
      facts: numbers.map(({ number, what, seen }) => ({
        name: words(what),
        kind: 'said',
        values: [number.replaceAll(' ', '\u00A0')],
        hint: words(`À vérifier : ${seen}.`),
      })),
    },
  ]
}
