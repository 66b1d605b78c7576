import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrationsFor } from './migrations/index.ts'
import type { Engine, Schema } from './schema.ts'
import type { Storage } from './storage.ts'
import { StorageError } from './storage-error.ts'

/**
 * Whether the database lacks migrations that we know. Rejects with `StorageError('newer-schema')` when it has some
 * that we do not know. Only reads.
 */
export async function needsMigration(db: Kysely<Schema>, engine: Engine): Promise<boolean> {
  const known = Object.keys(migrationsFor(engine))
  const done = await executedMigrations(db)
  if (done.some((name) => !known.includes(name))) throw new StorageError('newer-schema')
  return done.length < known.length
}

/**
 * Brings the schema up to date, in one transaction that holds the write lock: of two programs starting together,
 * one migrates and the other finds it done.
 */
export async function migrate(storage: Storage, engine: Engine): Promise<void> {
  if (!(await storage.read((db) => needsMigration(db, engine)))) return
  await storage.write(async (trx) => {
    const provider = { getMigrations: async () => migrationsFor(engine) }
    const { error } = await new Migrator({ db: trx, provider }).migrateToLatest()
    if (error !== undefined) throw error
  })
}

async function executedMigrations(db: Kysely<Schema>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return rows.map(({ name }) => name)
}
