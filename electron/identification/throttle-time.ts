import type { Clock } from '../clock.ts'
import type { WorkstationTable } from '../storage/schema.ts'
import type { Storage, Transaction } from '../storage/storage.ts'

/**
 * The time that waits and windows are counted in: no clock that is set while Comptoir runs changes it. Within a run
 * it passes as the monotonic clock does; between two, by what the wall clock says went by, never backwards.
 *
 * Its limit: a wall clock that is set forward while Comptoir is closed lifts a wait. That is one more try a restart, at
 * most until the tenth error, which blocks the code for good: a block does not pass with time.
 */
export type ThrottleTime = {
  /** An instant in milliseconds since 1970, never before one that was given or kept. */
  readonly now: (db: Storage['db']) => Promise<number>
  /** Writes down that it has come this far, for the runs and the programs to come. */
  readonly keep: (trx: Transaction, now: number) => Promise<void>
}

type Kept = Pick<WorkstationTable, 'throttle_time' | 'throttle_wall'>

export function createThrottleTime(clock: Clock, workstation: { readonly id: string }): ThrottleTime {
  /** What it was in this run, and at what time of the monotonic clock. */
  let anchor: { readonly time: number; readonly monotonic: number } | null = null

  return {
    now: async (db) => {
      const kept = await db
        .selectFrom('workstation')
        .select(['throttle_time', 'throttle_wall'])
        .where('id', '=', workstation.id)
        .executeTakeFirstOrThrow()
      const monotonic = clock.monotonic()
      const passed =
        anchor === null ? sinceKept(kept, clock.now()) : anchor.time + monotonic - anchor.monotonic
      // Another program on this file may have kept a later one.
      const time = Math.max(passed, instantOf(kept.throttle_time))
      anchor = { time, monotonic }
      return time
    },
    keep: async (trx, now) => {
      await trx
        .updateTable('workstation')
        .set({
          throttle_time: new Date(now).toISOString(),
          throttle_wall: clock.now().toISOString(),
        })
        .where('id', '=', workstation.id)
        .execute()
    },
  }
}

/** Where an earlier run left it, and what the wall clock says went by since then. */
function sinceKept({ throttle_time: time, throttle_wall: then }: Kept, wall: Date): number {
  if (time === null || then === null) return wall.getTime()
  return Date.parse(time) + Math.max(0, wall.getTime() - Date.parse(then))
}

function instantOf(text: string | null): number {
  return text === null ? 0 : Date.parse(text)
}
