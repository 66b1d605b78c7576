import { hasValidLuhnKey, parseRpps } from '../../electron/operators/national-id.ts'
import { parseOperatorCode } from '../../electron/operators/operator.ts'
import { texts } from '../ui/texts.ts'

/** What is typed, in the order of the page: the first wrong one gets the focus. */
export const fieldNames = ['firstName', 'lastName', 'code', 'rpps', 'password', 'passwordAgain'] as const
export type FieldName = (typeof fieldNames)[number]
export type Typed = Record<FieldName, string>
export type Wrong = Partial<Record<FieldName, string>>

export const nothingTyped: Typed = {
  firstName: '',
  lastName: '',
  code: '',
  password: '',
  passwordAgain: '',
  rpps: '',
}

/** What is wrong with each field, as the page says it. The main process judges again. */
export function wrongFields(typed: Typed): Wrong {
  const words = texts.firstRun
  const wrong: Wrong = {}
  for (const name of ['firstName', 'lastName', 'code', 'passwordAgain'] as const) {
    if (typed[name].trim() === '') wrong[name] = words.missing
  }
  if (typed.password === '') wrong.password = words.missing
  if (wrong.code === undefined && parseOperatorCode(typed.code) === null) wrong.code = words.codeInvalid
  if (wrong.passwordAgain === undefined && typed.passwordAgain !== typed.password) {
    wrong.passwordAgain = words.different
  }
  if (typed.rpps.trim() !== '' && parseRpps(typed.rpps) === null) wrong.rpps = words.rppsInvalid
  return wrong
}

/** An RPPS whose key is wrong is kept all the same: the person may be right. */
export function rppsWarning(typed: string): string | null {
  const rpps = parseRpps(typed)
  return rpps === null || hasValidLuhnKey(rpps) ? null : texts.firstRun.rppsKey
}

/** What somebody who knows the operator would try first. */
export function guessableWords(typed: Typed): string[] {
  const words = [...typed.firstName.split(/\s+/u), ...typed.lastName.split(/\s+/u), typed.code.trim()]
  return words.filter((word) => word !== '').slice(0, 10)
}
