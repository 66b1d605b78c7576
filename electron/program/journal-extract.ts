import type { JournalExtract } from '../ipc/journal-views.ts'
import { Refusal } from '../ipc/result.ts'
import type { ChainedRow } from '../journal/chain.ts'
import type { JournalFilter } from '../journal/filter.ts'
import { referenceOf } from '../journal/kinds.ts'
import { newReference } from '../journal/reference.ts'
import { displayName, type Operator } from '../operators/operator.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { JournalDeskParts } from './journal-desk.ts'
import type { RowViews } from './row-views.ts'
import type { TaskOptions } from './storage-tasks.ts'

/** What somebody can still read on paper: about sixty pages. */
const rowsAtMost = 2000
const pageOfRows = 500

type Asked = { readonly filter: JournalFilter; readonly reason: string }

/**
 * « Extrait du journal », verified and journalled before it is shown; null when its verification was given up. Rejects
 * with a `Refusal` when it would be too long, or with `StorageError`.
 */
export function createJournalExtract(parts: JournalDeskParts & { viewsOf: RowViews }) {
  const { settings, workstation, clock, records, worker, readHead, viewsOf } = parts

  const rowsOf = async (filter: JournalFilter): Promise<ChainedRow[]> => {
    const { total, upTo } = await worker.run('journal.count', { filter, upTo: null })
    if (total > rowsAtMost) {
      throw new Refusal('journal-too-many-rows', newReference(), { detail: String(total) })
    }
    const rows: ChainedRow[] = []
    for (let offset = 0; offset < total; offset += pageOfRows) {
      rows.push(...(await worker.run('journal.page', { filter, upTo, offset, limit: pageOfRows })))
    }
    return rows.toReversed()
  }

  return {
    make: async (
      operator: Operator,
      { filter, reason }: Asked,
      options: TaskOptions,
    ): Promise<JournalExtract | null> => {
      const person = filter.operator === null ? null : await records.operators.byId(filter.operator)
      const rows = await viewsOf(await rowsOf(filter))
      const verification = await worker.run('journal.verify', { head: await readHead() }, options)
      if (verification.kind === 'cancelled') return null
      await records.journal.append({
        kind: 'journal.extracted',
        outcome: 'done',
        operator: referenceOf(operator),
        details: { reason, rows: rows.length, from: filter.from, to: filter.to },
      })
      return {
        pharmacy: settings.pharmacy.name ?? texts.pharmacy,
        finess: settings.pharmacy.finess,
        workstation: workstation(),
        filter,
        person: person === null ? null : `${displayName(person)} (${person.code})`,
        reason,
        by: { code: operator.code, name: displayName(operator) },
        at: clock.now().toISOString(),
        rows,
        verification,
      }
    },
  }
}
