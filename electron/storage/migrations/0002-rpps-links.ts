import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The titulaire is told at each login of the RPPS given since: these rows are found without reading the others. */
export const rppsLinks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create index journal_rpps_linked on journal (seq) where kind = 'operator.rpps-linked'`.execute(
      db,
    )
  },
}
