import type { Notice } from '../ipc/views.ts'
import { databaseNewsFor } from '../journal/database-news.ts'
import { referenceOf } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { isMarkedDamaged } from '../storage/restore.ts'
import { fr, texts } from '../../renderer/ui/texts.ts'
import { newsOfLinks } from './link-news.ts'
import type { Records } from './records.ts'

/** One thing to tell: what happened, and what to do. */
export type News = Pick<Notice, 'tone' | 'text'> & { readonly remedy: string }

type Told = Pick<Records, 'database' | 'storage' | 'journal'>

/**
 * Tells somebody who has just come in what they should know: that the database is damaged; a titulaire, also of the
 * RPPS given since their last login, of a backup that was taken and of one that cannot be made. Never rejects.
 */
export async function tellNews(
  { records, notify }: { records: Told; notify: (notice: Notice) => void },
  operator: Operator,
): Promise<void> {
  if (isMarkedDamaged(records.database)) return notify(damagedNotice)
  if (operator.role !== 'titulaire') return
  const news = [
    ...(await newsOfDatabase(records, operator)),
    ...(await newsOfLinks(records.journal, operator)),
  ]
  if (news.length > 0) notify(together(news))
}

/** Until Comptoir is started again, which offers a backup. */
export const damagedNotice: Notice = {
  tone: 'mend',
  text: texts.restore.news.damaged,
  remedy: texts.restore.news.damagedRemedy,
  reference: null,
}

async function newsOfDatabase({ storage }: Told, titulaire: Operator): Promise<News[]> {
  const nothing = { restoredAt: null, backupFault: null }
  const { restoredAt, backupFault } = await databaseNewsFor(storage, referenceOf(titulaire)).catch(
    () => nothing,
  )
  const { restored, restoredRemedy, backupFailed } = texts.restore.news
  const news: News[] = []
  if (restoredAt !== null) {
    news.push({ tone: 'watch', text: restored(restoredAt), remedy: fr(restoredRemedy) })
  }
  if (backupFault !== null) {
    const remedy = fr(texts.restore.backupRemedies[backupFault])
    news.push({ tone: 'mend', text: backupFailed, remedy })
  }
  return news
}

const tones = ['mend', 'watch', 'info'] as const

/** One notice is shown at a time: it says all there is, in the tone of the most serious. */
function together(news: readonly News[]): Notice {
  return {
    tone: tones.find((tone) => news.some((one) => one.tone === tone)) ?? 'info',
    text: news.map(({ text }) => text).join(' '),
    remedy: news.map(({ remedy }) => remedy).join(' '),
    reference: null,
  }
}
