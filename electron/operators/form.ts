import { Refusal } from '../ipc/result.ts'
import type { OperatorForm } from '../ipc/operator-views.ts'
import { parseRpps, type Rpps } from './national-id.ts'
import { parseName, parseOperatorCode, type Operator } from './operator.ts'
import { givenRights } from './rights.ts'

/** What a form says of somebody, in its stored form. */
export type Described = Omit<Operator, 'id' | 'suspended'>

/** Reads a form; throws the `Refusal` of `reference` (`invalid-operator`) that names what is to be corrected. */
export function readForm(form: OperatorForm, reference: string): Described {
  const wrong = (detail: string): Refusal => new Refusal('invalid-operator', reference, { detail })
  const code = parseOperatorCode(form.code)
  const firstName = parseName(form.firstName)
  const lastName = parseName(form.lastName)
  const rpps = parseOptionalRpps(form.rpps)
  const { role, firstDay, lastDay } = form
  if (code === null) throw wrong('le code opérateur')
  if (firstName === null || lastName === null) throw wrong('les noms')
  if (rpps === 'invalid') throw wrong('le RPPS')
  if (firstDay !== null && lastDay !== null && lastDay < firstDay) throw wrong('les dates')
  // A titulaire has every right by their role: what was given before does not come back once they have another.
  const rights = role === 'titulaire' ? [] : givenRights.filter((right) => form.rights.includes(right))
  return { code, firstName, lastName, role, rpps, firstDay, lastDay, rights }
}

function parseOptionalRpps(text: string): Rpps | null | 'invalid' {
  return text.trim() === '' ? null : (parseRpps(text) ?? 'invalid')
}
