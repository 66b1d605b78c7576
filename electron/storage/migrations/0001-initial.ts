import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { CreateTableBuilder, Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Engine } from '../schema.ts'

/** Operators, the workstation's secret, throttle counters and the journal. */
export function initial(engine: Engine): Migration {
  const strict = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
    engine === 'sqlite' ? table.modifyEnd(sql`strict`) : table

  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await strict(
        db.schema
          .createTable('operator')
          .addColumn('id', 'text', (column) => column.primaryKey().notNull())
          .addColumn('code', 'text', (column) => column.notNull().unique())
          .addColumn('first_name', 'text', (column) => column.notNull())
          .addColumn('last_name', 'text', (column) => column.notNull())
          .addColumn('role', 'text', (column) => column.notNull())
          .addColumn('rpps', 'text', (column) => column.unique())
          .addColumn('password_hash', 'text', (column) => column.notNull())
          .addColumn('suspended', 'integer', (column) => column.notNull().check(sql`suspended in (0, 1)`))
          .addColumn('first_day', 'text')
          .addColumn('last_day', 'text')
          .addColumn('created_at', 'text', (column) => column.notNull()),
      ).execute()

      await strict(
        db.schema
          .createTable('workstation')
          .addColumn('id', 'text', (column) => column.primaryKey().notNull())
          .addColumn('throttle_key', 'text', (column) => column.notNull()),
      ).execute()
      const secret = randomBytes(32).toString('hex')
      await sql`insert into workstation (id, throttle_key) values (${randomUUID()}, ${secret})`.execute(db)

      await strict(
        db.schema
          .createTable('throttle')
          .addColumn('key', 'text', (column) => column.primaryKey().notNull())
          .addColumn('consecutive', 'integer', (column) => column.notNull())
          .addColumn('waiting_until', 'text')
          .addColumn('wait_seconds', 'integer', (column) => column.notNull())
          .addColumn('blocked_at', 'text'),
      ).execute()

      await strict(
        db.schema
          .createTable('failure')
          .addColumn('id', 'text', (column) => column.primaryKey().notNull())
          .addColumn('key', 'text', (column) => column.notNull())
          .addColumn('workstation', 'text', (column) => column.notNull())
          .addColumn('at', 'text', (column) => column.notNull()),
      ).execute()
      await db.schema.createIndex('failure_key_at').on('failure').columns(['key', 'at']).execute()
      await db.schema
        .createIndex('failure_workstation_at')
        .on('failure')
        .columns(['workstation', 'at'])
        .execute()

      await strict(
        db.schema
          .createTable('journal')
          .addColumn('seq', 'integer', (column) => column.primaryKey().notNull())
          .addColumn('at', 'text', (column) => column.notNull())
          .addColumn('workstation', 'text', (column) => column.notNull())
          .addColumn('operator_id', 'text')
          .addColumn('operator_code', 'text')
          .addColumn('kind', 'text', (column) => column.notNull())
          .addColumn('outcome', 'text', (column) => column.notNull())
          .addColumn('means', 'text')
          .addColumn('module', 'text')
          .addColumn('reference', 'text')
          .addColumn('details', 'text', (column) => column.notNull())
          .addColumn('hash', 'text', (column) => column.notNull()),
      ).execute()
      // A code is free again only when no row refers to it: asked at each creation of an operator.
      await db.schema.createIndex('journal_operator_code').on('journal').column('operator_code').execute()
      for (const statement of appendOnly[engine]) await statement.execute(db)
    },
  }
}

/** The journal's rows are only ever added, whoever holds the connection. */
const appendOnly = {
  sqlite: [
    sql`create trigger journal_no_update before update on journal
        begin select raise(abort, 'journal rows are never changed'); end`,
    sql`create trigger journal_no_delete before delete on journal
        begin select raise(abort, 'journal rows are never deleted'); end`,
    // « insert or replace » deletes without firing the delete trigger.
    sql`create trigger journal_no_replace before insert on journal
        when exists (select 1 from journal where seq = new.seq)
        begin select raise(abort, 'journal rows are never replaced'); end`,
  ],
  postgres: [
    sql`create function journal_append_only() returns trigger language plpgsql
        as $$ begin raise exception 'journal rows are never changed'; end $$`,
    sql`create trigger journal_no_change before update or delete on journal
        for each row execute function journal_append_only()`,
    sql`create trigger journal_no_truncate before truncate on journal
        for each statement execute function journal_append_only()`,
  ],
} as const
