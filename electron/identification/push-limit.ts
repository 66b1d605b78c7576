import { createHmac, randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Rpps } from '../operators/national-id.ts'
import type { Transaction } from '../storage/storage.ts'
import type { WorkstationIdentity } from '../storage/workstation.ts'
import { tenMinutesMs } from './throttle.ts'

/** How often one person is asked on their phone by this workstation. */
export type PushLimit = {
  /**
   * Counts one more request to this RPPS. Resolves to 0; or, when there were three in the last ten minutes, to the
   * seconds before the next, rounded up, and counts nothing. Rejects with `StorageError` only.
   */
  readonly count: (trx: Transaction, rpps: Rpps) => Promise<number>
}

const requestsInTenMinutes = 3

export function createPushLimit({
  clock,
  workstation,
}: {
  clock: Clock
  workstation: WorkstationIdentity
}): PushLimit {
  /** The requests of this run, on the monotonic clock: setting the wall clock forward makes none of them older. */
  const known = new Map<string, number>()
  /** Only a keyed hash is kept: an RPPS that was typed may be nobody's here. */
  const keyOf = ({ digits }: Rpps): string =>
    createHmac('sha256', workstation.throttleKey).update(`push:${digits}`).digest('hex')

  /** Milliseconds; negative for what was written before the clock was set back. */
  const ageOf = ({ id, at }: { id: string; at: string }): number => {
    const monotonic = known.get(id)
    return monotonic === undefined ? clock.now().getTime() - Date.parse(at) : clock.monotonic() - monotonic
  }

  return {
    count: async (trx, rpps) => {
      const key = keyOf(rpps)
      const at = clock.now().toISOString()
      const ages: number[] = []
      for (const row of await trx.selectFrom('phone_push').selectAll().execute()) {
        const age = ageOf(row)
        if (age >= tenMinutesMs) {
          await trx.deleteFrom('phone_push').where('id', '=', row.id).execute()
          known.delete(row.id)
          continue
        }
        // From the future: it counts from now on, so that it ends.
        if (age < 0) await trx.updateTable('phone_push').set({ at }).where('id', '=', row.id).execute()
        if (row.key === key) ages.push(Math.max(0, age))
      }
      const oldest = Math.max(...ages)
      if (ages.length >= requestsInTenMinutes) return Math.ceil((tenMinutesMs - oldest) / 1000)
      const id = randomUUID()
      await trx.insertInto('phone_push').values({ id, key, at }).execute()
      known.set(id, clock.monotonic())
      return 0
    },
  }
}
