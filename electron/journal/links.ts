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
  const { after, before } = await absenceOf(db, { id, code })
  const rows = await db
    .selectFrom('journal')
    .select(['operator_code', 'details'])
    // A literal: a partial index does not serve a parameter.
    .where(sql<boolean>`kind = ${sql.lit(linked)}`)
    .where('seq', '>', after)
    .where('seq', '<', before)
    .where('operator_id', '!=', id)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    code: row.operator_code ?? '',
    rpps: details.parse(JSON.parse(row.details)).rpps,
  }))
}

/** The rows between the last two times that an operator came in; from the first on, when they had never come in before. */
export async function absenceOf(
  db: Storage['db'],
  { id, code }: OperatorReference,
): Promise<{ after: number; before: number }> {
  const [last, previous] = await db
    .selectFrom('journal')
    .select('seq')
    .where('operator_code', '=', code)
    .where('operator_id', '=', id)
    .where('kind', 'in', comingIn)
    .orderBy('seq', 'desc')
    .limit(2)
    .execute()
  return { after: previous?.seq ?? 0, before: last?.seq ?? 0 }
}
