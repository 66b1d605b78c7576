import type { JournalRowView } from '../../../electron/ipc/journal-views.ts'
import type { JsonObject, JsonValue } from '../../../electron/journal/json.ts'

/** Somebody whom a row refers to; `name` is null once nothing but their rows remains of them. */
export type Person = { readonly code: string | null; readonly name: string | null }

/** The operator of a row. */
export function operatorOf({ operator }: JournalRowView): Person | null {
  return operator
}

/** Whoever the details name under `key`, read from rows that may be old or damaged. */
export function personIn({ details, named }: JournalRowView, key: string): Person | null {
  const value = details[key]
  if (!isObject(value)) return null
  const { id, code } = value
  return {
    code: typeof code === 'string' ? code : null,
    name: typeof id === 'string' && Object.hasOwn(named, id) ? (named[id] ?? null) : null,
  }
}

/** « PATRICIA ADJOINTPHARM (1) », « l'opérateur « 1 » ». */
export function personName({ code, name }: Person): string {
  if (name === null) return code === null ? 'un opérateur inconnu' : `l'opérateur « ${code} »`
  return code === null ? name : `${name} (${code})`
}

/** « de PATRICIA ADJOINTPHARM (1) », « d'ANNE MARTIN (3) ». */
export function ofPerson(person: Person): string {
  const name = personName(person)
  return /^(?:[AEIOUÀÂÄÉÈÊËÎÏÔÖÙÛÜ]|Y[^AEIOUÉÈ])/iu.test(name) ? `d'${name}` : `de ${name}`
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
