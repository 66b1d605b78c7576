import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Engine } from '../schema.ts'

/** The requests sent to phones in the last ten minutes: a restart does not forget them. */
export function phonePushes(engine: Engine): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      const table = db.schema
        .createTable('phone_push')
        .addColumn('id', 'text', (column) => column.primaryKey().notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('at', 'text', (column) => column.notNull())
      await (engine === 'sqlite' ? table.modifyEnd(sql`strict`) : table).execute()
    },
  }
}
