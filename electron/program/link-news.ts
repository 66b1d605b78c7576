import type { Journal } from '../journal/journal.ts'
import { referenceOf } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { News } from './news.ts'

/** The RPPS given since a titulaire who has just come in last came in (product §2.3). Never rejects. */
export async function newsOfLinks(
  journal: Pick<Journal, 'rppsLinksBeforeLastSessionOf'>,
  titulaire: Operator,
): Promise<News[]> {
  const links = await journal.rppsLinksBeforeLastSessionOf(referenceOf(titulaire)).catch(() => [])
  if (links.length === 0) return []
  const { told, toldRemedy } = texts.association
  return [{ tone: 'info', text: told(links), remedy: toldRemedy }]
}
