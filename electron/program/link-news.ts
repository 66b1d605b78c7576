import type { Notice } from '../ipc/views.ts'
import type { Journal } from '../journal/journal.ts'
import { referenceOf } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { texts } from '../../renderer/ui/texts.ts'

type Parts = {
  journal: Pick<Journal, 'rppsLinksBeforeLastSessionOf'>
  notify: (notice: Notice) => void
}

/** Tells a titulaire who has just come in of the RPPS given since their last login (product §2.3). Never rejects. */
export async function tellOfLinks({ journal, notify }: Parts, titulaire: Operator): Promise<void> {
  const links = await journal.rppsLinksBeforeLastSessionOf(referenceOf(titulaire)).catch(() => [])
  if (links.length === 0) return
  notify({
    tone: 'info',
    text: texts.association.told(links),
    remedy: texts.association.toldRemedy,
    reference: null,
  })
}
