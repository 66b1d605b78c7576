import { assertNever } from '../assert-never.ts'
import type { Notice } from '../ipc/views.ts'
import { settingsTexts } from '../../renderer/ui/texts/settings.ts'
import type { Records } from './records.ts'
import type { SettingsNews } from './settings-watch.ts'

type Parts = {
  journal: Pick<Records['journal'], 'appendEventually'>
  notify: (notice: Notice) => void
}

/** Tells the counter, and the journal where something changed, what became of comptoir.json. */
export function tellSettings({ journal, notify }: Parts, news: SettingsNews): void {
  if (news.kind === 'changed') {
    const { applied, pending } = news
    // What gives access here is the file, which administrators alone write: the row follows it.
    journal.appendEventually({ kind: 'settings.changed', outcome: 'done', details: { applied, pending } })
  }
  notify(noticeOf(news))
}

function noticeOf(news: SettingsNews): Notice {
  switch (news.kind) {
    case 'changed': {
      const { applied, pending } = news
      const told = [
        ...(applied.length > 0 ? [settingsTexts.applied(applied)] : []),
        ...(pending.length > 0 ? [settingsTexts.pending(pending)] : []),
      ]
      const remedy = pending.length > 0 ? settingsTexts.restart : null
      return { tone: pending.length > 0 ? 'watch' : 'info', text: told.join(' '), remedy, reference: null }
    }
    case 'faulty': {
      const [first] = news.faults
      const found = first === undefined ? [] : [settingsTexts.fault(first)]
      const text = [settingsTexts.faulty(news.faults.length), ...found].join(' ')
      return { tone: 'mend', text, remedy: settingsTexts.check, reference: null }
    }
    case 'gone':
      return { tone: 'mend', text: settingsTexts.gone, remedy: settingsTexts.goneRemedy, reference: null }
    case 'mended':
      return { tone: 'info', text: settingsTexts.mended, remedy: null, reference: null }
    default:
      return assertNever(news)
  }
}
