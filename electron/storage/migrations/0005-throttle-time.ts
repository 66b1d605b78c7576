import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** How far the time of the throttle has come, and what the wall clock said then. */
export const throttleTime: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const column of ['throttle_time', 'throttle_wall']) {
      await db.schema.alterTable('workstation').addColumn(column, 'text').execute()
    }
  },
}
