import type { Handlers } from '../ipc/answer.ts'
import type { ViewOf } from '../ipc/views.ts'
import { everyRow } from '../journal/filter.ts'
import type { JournalKind } from '../journal/kinds.ts'
import type { Operator } from '../operators/operator.ts'
import { operatorView } from '../windows/views.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { DeskParts } from './desk.ts'
import { createRowViews, moduleLabels } from './row-views.ts'

export type ConnectionsDesk = {
  readonly view: (operator: Operator) => ViewOf<'connections'>
  readonly handlers: Pick<Handlers, 'ownConnections' | 'changeOwnPassword'>
}

export type ConnectionsDeskParts = Pick<
  DeskParts,
  'workstation' | 'entitled' | 'worker' | 'changeOwnPassword'
> & {
  readonly settings: Pick<DeskParts['settings'], 'pharmacy' | 'modules' | 'journal'>
  readonly records: Pick<DeskParts['records'], 'storage' | 'operators'>
}

/** What somebody sees of what they did: how they came in and went, and what they opened. */
const ownKinds: JournalKind[] = [
  'identification.succeeded',
  'identification.refused',
  'identification.failed',
  'identification.denied',
  'operator.rpps-linked',
  'operator.password-changed',
  'session.connected',
  'session.locked',
  'session.unlocked',
  'session.suspended',
  'session.resumed',
  'session.renewed',
  'session.psc-left',
  'session.ended',
  'module.opened',
  'module.left',
  'module.veiled',
  'module.failed',
  'module.refused',
  'stay-connected.answered',
  'card-removed.answered',
]

/** « Mes connexions »: whose they are is never asked of the page. */
export function createConnectionsDesk(parts: ConnectionsDeskParts): ConnectionsDesk {
  const { settings, entitled, worker } = parts
  const viewsOf = createRowViews(parts)
  return {
    view: (operator) => ({
      operator: operatorView(operator),
      pharmacy: settings.pharmacy.name ?? texts.pharmacy,
      retentionMonths: settings.journal.retentionMonths,
      modules: moduleLabels(settings),
    }),
    handlers: {
      ownConnections: async ({ offset, limit, upTo: last }, caller) => {
        const { id } = await entitled(caller, null)
        const filter = { ...everyRow, operator: id, kinds: ownKinds }
        const { total, upTo } = await worker.run('journal.count', { filter, upTo: last })
        const rows = await worker.run('journal.page', { filter, upTo, offset, limit })
        return { total, upTo, rows: await viewsOf(rows) }
      },
      changeOwnPassword: async ({ current, next }, caller) => {
        await parts.changeOwnPassword(await entitled(caller, null), current, next)
      },
    },
  }
}
