import { sql } from 'kysely'
import * as z from 'zod'
import type { Storage } from '../storage/storage.ts'
import type { JournalKind, OperatorReference } from './kinds.ts'

const comingIn: readonly JournalKind[] = [
  'session.connected',
  'session.resumed',
  'session.renewed',
  'session.unlocked',
]
const linked: JournalKind = 'operator.rpps-linked'
const details = z.looseObject({ rpps: z.string() })

/** As the journal promises it. Both queries have their index. */
export async function rppsLinksBeforeLastSessionOf(
  db: Storage['db'],
  { id, code }: OperatorReference,
): Promise<{ code: string; rpps: string }[]> {
  const [last, previous] = await db
    .selectFrom('journal')
    .select('seq')
    .where('operator_code', '=', code)
    .where('operator_id', '=', id)
    .where('kind', 'in', comingIn)
    .orderBy('seq', 'desc')
    .limit(2)
    .execute()
  const rows = await db
    .selectFrom('journal')
    .select(['operator_code', 'details'])
    // A literal: a partial index does not serve a parameter.
    .where(sql<boolean>`kind = ${sql.lit(linked)}`)
    .where('seq', '>', previous?.seq ?? 0)
    .where('seq', '<', last?.seq ?? 0)
    .where('operator_id', '!=', id)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    code: row.operator_code ?? '',
    rpps: details.parse(JSON.parse(row.details)).rpps,
  }))
}
