import type { Storage } from '../storage/storage.ts'
import type { Operator } from './operator.ts'
import { operatorOf } from './operator-table.ts'

/**
 * Who has come in lately on this workstation. Read from the journal, which knows it already: nothing more is kept of
 * anybody's comings, what goes from the journal goes from here, and a restored backup brings its own.
 */
export type RecentOperators = {
  /** The last who came in first; neither departed nor the same twice. Rejects with `StorageError`. */
  readonly read: () => Promise<Operator[]>
}

/**
 * How many identifications are looked at, the last ones, by the index of their kind: the cost is the same whatever the
 * journal's length. Some days of a busy counter.
 */
const lookedAt = 1000

/** `workstation`: its id. */
export function createRecentOperators({
  storage,
  workstation,
}: {
  storage: Storage
  workstation: string
}): RecentOperators {
  return {
    read: () =>
      storage.read(async (db) => {
        const rows = await db
          .with('last', (cte) =>
            cte
              .selectFrom('journal')
              .select(['seq', 'operator_id', 'workstation'])
              .where('kind', '=', 'identification.succeeded')
              .orderBy('seq', 'desc')
              .limit(lookedAt),
          )
          .with('here', (cte) =>
            cte
              .selectFrom('last')
              .select(['operator_id', (select) => select.fn.max('seq').as('seq')])
              .where('workstation', '=', workstation)
              .groupBy('operator_id'),
          )
          .selectFrom('here')
          .innerJoin('operator', 'operator.id', 'here.operator_id')
          .selectAll('operator')
          .where('operator.departed_at', 'is', null)
          .orderBy('here.seq', 'desc')
          .execute()
        return rows.map(operatorOf)
      }),
  }
}
