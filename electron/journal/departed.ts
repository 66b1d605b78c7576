import type { Transaction } from '../storage/storage.ts'
import type { JournalEvent, OperatorReference } from './kinds.ts'

/** The kinds whose details may name somebody, told from all others by their types. */
type NamesSomebody<Event extends JournalEvent> = Event extends JournalEvent
  ? [Extract<Event['details'], Named>] extends [never]
    ? never
    : Event['kind']
  : never
type Named = { target: OperatorReference } | { authorisedBy: OperatorReference | null }

const namesSomebody: Record<NamesSomebody<JournalEvent>, true> = {
  'secret.set': true,
  'secret.deleted': true,
  'operator.created': true,
  'operator.changed': true,
  'operator.suspended': true,
  'operator.resumed': true,
  'operator.departed': true,
  'operator.password-reset': true,
  'operator.rpps-set': true,
  'operator.rpps-unlinked': true,
  'operator.rpps-linked': true,
  'operator.unblocked': true,
  'operators.imported': true,
  'operators.exported': true,
  'journal.filtered': true,
  'journal.verified': true,
  'journal.exported': true,
  'database.backed-up': true,
  'database.restored': true,
  'diagnostic.named': true,
}

const kindsThatName = Object.keys(namesSomebody)

/** Takes the operators who departed and whom no row names any more: names and RPPS go with the last row. */
export async function forgetDeparted(trx: Transaction): Promise<void> {
  const departed = await trx
    .selectFrom('operator')
    .select('id')
    .where('departed_at', 'is not', null)
    .execute()
  for (const { id } of departed) {
    if (!(await isNamed(trx, id))) await trx.deleteFrom('operator').where('id', '=', id).execute()
  }
}

async function isNamed(trx: Transaction, id: string): Promise<boolean> {
  const rows = trx.selectFrom('journal').select('seq').limit(1)
  const own = await rows.where('operator_id', '=', id).executeTakeFirst()
  if (own !== undefined) return true
  const inDetails = await rows
    .where('kind', 'in', kindsThatName)
    .where('details', 'like', `%"id":${JSON.stringify(id)}%`)
    .executeTakeFirst()
  return inDetails !== undefined
}
