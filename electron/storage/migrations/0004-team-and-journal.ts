import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { searchText } from '../search-text.ts'
import type { Engine } from '../schema.ts'

/**
 * What « Opérateurs » and « Journal » need: rights, provisional passwords, departures; the indexes of the journal's
 * filters; and the checkpoints that alone let old rows go.
 */
export function teamAndJournal(engine: Engine): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      const truth = ['manages_operators', 'reads_journal', 'provisional'] as const
      for (const column of truth) {
        await sql`alter table operator add column ${sql.ref(column)} integer not null default 0
          check (${sql.ref(column)} in (0, 1))`.execute(db)
      }
      for (const column of ['departed_at', 'told_at', 'card_until'] as const) {
        await sql`alter table operator add column ${sql.ref(column)} text`.execute(db)
      }
      for (const column of ['search_text', 'changed_at'] as const) {
        await sql`alter table operator add column ${sql.ref(column)} text not null default ''`.execute(db)
      }
      const { rows } = await sql<OperatorBefore>`select id, code, first_name, last_name, rpps, created_at
        from operator`.execute(db)
      for (const row of rows) {
        await sql`update operator set search_text = ${searchText(row)}, changed_at = ${row.created_at}
          where id = ${row.id}`.execute(db)
      }
      await sql`create index operator_search_text on operator (search_text)`.execute(db)

      const checkpoint = db.schema
        .createTable('journal_checkpoint')
        .addColumn('seq', 'integer', (column) => column.primaryKey().notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addColumn('at', 'text', (column) => column.notNull())
      await (engine === 'sqlite' ? checkpoint.modifyEnd(sql`strict`) : checkpoint).execute()
      for (const index of journalIndexes) await index.execute(db)
      for (const statement of cutByCheckpoint[engine]) await statement.execute(db)
    },
  }
}

/**
 * One per filter of the journal, in the order that its rows are shown in; what another filter asks of them stands
 * beside, so that no row is read which is not shown.
 */
const journalIndexes = [
  sql`create index journal_operator on journal (operator_id, seq, at, kind, module)`,
  sql`create index journal_module on journal (module, seq, at, kind) where module is not null`,
  sql`create index journal_kind on journal (kind, seq, at)`,
  sql`create index journal_reference on journal (reference, seq) where reference is not null`,
  sql`create index journal_at on journal (at, seq)`,
] as const

type OperatorBefore = {
  id: string
  code: string
  first_name: string
  last_name: string
  rpps: string | null
  created_at: string
}

/** A row goes only once a checkpoint keeps its hash, or that of a later one; checkpoints stay. */
const cutByCheckpoint = {
  sqlite: [
    sql`drop trigger journal_no_delete`,
    sql`create trigger journal_no_delete before delete on journal
        when old.seq > coalesce((select max(seq) from journal_checkpoint), 0)
        begin select raise(abort, 'journal rows are deleted under a checkpoint only'); end`,
    sql`create trigger journal_no_insert_under before insert on journal
        when new.seq <= coalesce((select max(seq) from journal_checkpoint), 0)
        begin select raise(abort, 'no journal row is added under a checkpoint'); end`,
    sql`create trigger journal_checkpoint_no_update before update on journal_checkpoint
        begin select raise(abort, 'checkpoints are never changed'); end`,
    sql`create trigger journal_checkpoint_no_delete before delete on journal_checkpoint
        begin select raise(abort, 'checkpoints are never deleted'); end`,
    sql`create trigger journal_checkpoint_is_a_row before insert on journal_checkpoint
        when not exists (select 1 from journal where seq = new.seq and hash = new.hash)
        begin select raise(abort, 'a checkpoint keeps the hash of a row'); end`,
  ],
  postgres: [
    sql`create or replace function journal_append_only() returns trigger language plpgsql
        as $$ begin
          if tg_op = 'DELETE' and old.seq <= coalesce((select max(seq) from journal_checkpoint), 0) then
            return old;
          end if;
          raise exception 'journal rows are never changed';
        end $$`,
    sql`create function checkpoint_only_added() returns trigger language plpgsql
        as $$ begin raise exception 'checkpoints are never changed'; end $$`,
    sql`create trigger journal_checkpoint_no_change before update or delete on journal_checkpoint
        for each row execute function checkpoint_only_added()`,
  ],
} as const
