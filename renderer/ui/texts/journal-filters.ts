import type { JournalExtract } from '../../../electron/ipc/journal-views.ts'
import { fr } from './french.ts'
import { families, kindName, kindsOf, type Family } from './journal-kinds.ts'
import { journalTexts } from './journal.ts'

/** What an extract leaves out, its period aside. */
export function filtersInWords(
  { filter, person }: Pick<JournalExtract, 'filter' | 'person'>,
  modules: readonly { id: string; label: string }[],
): string {
  const { filters, printed } = journalTexts
  const { kinds, module, reference } = filter
  const label = modules.find(({ id }) => id === module)?.label ?? module
  const parts = [
    person === null ? null : `${filters.operator} : ${person}`,
    kinds.length === 0 ? null : `${filters.kind} : ${kindsInWords(kinds)}`,
    label === null ? null : `${filters.module} : ${label}`,
    reference === null ? null : `${filters.reference} : ${reference}`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? printed.noFilter : fr(parts.join(' ; '))
}

const isFamily = (name: string): name is Family => name in families

/** A family by its name, other kinds by theirs. */
function kindsInWords(kinds: readonly string[]): string {
  const family = Object.keys(families)
    .filter(isFamily)
    .find((name) => kinds.length > 1 && kindsOf(name).join() === kinds.join())
  return family === undefined ? kinds.map(kindName).join(', ') : families[family]
}
