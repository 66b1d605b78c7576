import { Kysely, PostgresDialect, sql } from 'kysely'
import type { Driver } from 'kysely'
import { Pool } from 'pg'
import type { Clock } from '../clock.ts'
import { GuardedDriver } from './guarded-driver.ts'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'
import { createStorage } from './storage.ts'
import type { Storage } from './storage.ts'

/** The one lock of all writers, so that PostgreSQL gives what `begin immediate` gives on SQLite. */
const writeLock = 4_311_001

/**
 * Opens a PostgreSQL database (`postgres://…`). For tests: repositories are kept able to run on it, so that several
 * workstations can share one later; the product imports only `open.ts` and does not contain the driver.
 */
export async function openPostgres({ url, clock }: { url: string; clock: Clock }): Promise<Storage> {
  const pool = new Pool({ connectionString: url })
  const storage = createStorage({
    db: new Kysely<Schema>({ dialect: new GuardedPostgresDialect({ pool }) }),
    clock,
    begun: async (trx) => {
      await sql`select pg_advisory_xact_lock(${writeLock})`.execute(trx)
    },
  })
  try {
    await migrate(storage, 'postgres')
    return storage
  } catch (error) {
    await storage.close()
    throw error
  }
}

class GuardedPostgresDialect extends PostgresDialect {
  override createDriver(): Driver {
    return new GuardedDriver(super.createDriver())
  }
}
