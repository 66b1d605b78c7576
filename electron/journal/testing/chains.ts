import { sql } from 'kysely'
import * as fc from 'fast-check'
import type { Storage } from '../../storage/storage.ts'
import { firstPreviousHash, hashOf } from '../chain.ts'
import type { ChainedRow, JournalRow } from '../chain.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { toTable } from '../rows.ts'

const text = fc.string({ unit: 'grapheme' })
const nullableText = fc.option(text, { nil: null })
/** What RFC 8785 can write: all of JSON, its texts well formed. */
const { value: anyValue } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))
export const anyDetails: fc.Arbitrary<JsonObject> = fc.dictionary(text, anyValue, {
  maxKeys: 5,
  noNullPrototype: true,
})

/** A row as a program could write it, and far more. */
export const anyRow: fc.Arbitrary<Omit<JournalRow, 'seq'>> = fc.record({
  at: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  workstation: fc.uuid(),
  operatorId: nullableText,
  operatorCode: nullableText,
  kind: text,
  outcome: fc.constantFrom('done', 'refused', 'failed'),
  means: nullableText,
  module: nullableText,
  reference: nullableText,
  details: anyDetails,
})

/** Numbers and binds the rows as the journal does. */
export function chained(rows: readonly Omit<JournalRow, 'seq'>[]): ChainedRow[] {
  let previousHash = firstPreviousHash
  return rows.map((unnumbered, index) => {
    const numbered = { ...unnumbered, seq: index + 1 }
    previousHash = hashOf(previousHash, numbered)
    return { ...numbered, hash: previousHash }
  })
}

/** Takes away what keeps the journal of a test from being emptied. */
export async function disarm({ db }: Storage, engine: string): Promise<void> {
  const sqlite = ['journal_no_delete', 'journal_no_update', 'journal_checkpoint_no_delete'].map((name) =>
    sql.raw(`drop trigger ${name}`),
  )
  const postgres = [
    sql`drop trigger journal_no_change on journal`,
    sql`drop trigger journal_checkpoint_no_change on journal_checkpoint`,
  ]
  for (const statement of engine === 'SQLite' ? sqlite : postgres) await statement.execute(db)
}

/** Makes these the rows of a journal that was disarmed, whatever they are. */
export async function fill(storage: Storage, rows: readonly ChainedRow[]): Promise<void> {
  await storage.write(async (trx) => {
    await trx.deleteFrom('journal_checkpoint').execute()
    await trx.deleteFrom('journal').execute()
    for (let from = 0; from < rows.length; from += 500) {
      const batch = rows.slice(from, from + 500).map(toTable)
      await trx.insertInto('journal').values(batch).execute()
    }
  })
}
