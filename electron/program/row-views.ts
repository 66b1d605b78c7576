import type { JournalRowView } from '../ipc/journal-views.ts'
import type { ChainedRow } from '../journal/chain.ts'
import type { JsonValue } from '../journal/json.ts'
import { builtInModules } from '../modules/module.ts'
import { displayName } from '../operators/operator.ts'
import type { Settings } from '../settings/schema.ts'
import { readWorkstation } from '../storage/workstation.ts'
import type { Records } from './records.ts'

/** Rows as the windows show them, with the names that operators and modules have now. Rejects with `StorageError`. */
export type RowViews = (rows: readonly ChainedRow[]) => Promise<JournalRowView[]>

type Parts = {
  records: Pick<Records, 'operators' | 'storage'>
  settings: Pick<Settings, 'modules'>
  /** The name of this workstation, told for its id. */
  workstation: () => string
}

export function createRowViews({ records, settings, workstation }: Parts): RowViews {
  return async (rows) => {
    const labels = new Map(moduleLabels(settings).map(({ id, label }) => [id, label]))
    const here = await readWorkstation(records.storage)
    const names = await namesOf(records, rows)
    return rows.map(({ operatorId, operatorCode, module, workstation: place, ...row }) => ({
      ...row,
      workstation: place === here.id ? workstation() : place,
      operator:
        operatorId === null
          ? null
          : { id: operatorId, code: operatorCode, name: names.get(operatorId) ?? null },
      module: module === null ? null : { id: module, label: labels.get(module) ?? null },
      named: Object.fromEntries(referredTo(row).flatMap((id) => entryOf(names, id))),
    }))
  }
}

/** The modules that a filter offers: the pharmacy's, then Comptoir's own pages. */
export function moduleLabels({ modules }: Pick<Settings, 'modules'>): { id: string; label: string }[] {
  return [...modules, ...builtInModules].map(({ id, label }) => ({ id, label }))
}

async function namesOf(
  { operators }: Parts['records'],
  rows: readonly ChainedRow[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(
    rows.flatMap((row) => [...(row.operatorId === null ? [] : [row.operatorId]), ...referredTo(row)]),
  )
  const names = new Map<string, string>()
  for (const id of ids) {
    const operator = await operators.byId(id)
    if (operator !== null) names.set(id, displayName(operator))
  }
  return names
}

/** The ids of those whom a row's details name. */
function referredTo({ details }: Pick<ChainedRow, 'details'>): string[] {
  return ['target', 'authorisedBy'].flatMap((key) => idIn(details[key]))
}

function idIn(value: JsonValue | undefined): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const id = new Map(Object.entries(value)).get('id')
  return typeof id === 'string' ? [id] : []
}

function entryOf(names: ReadonlyMap<string, string>, id: string): [string, string][] {
  const name = names.get(id)
  return name === undefined ? [] : [[id, name]]
}
