import { hasValidLuhnKey, parseRpps } from '../../electron/operators/national-id.ts'
import { parseOperatorCode } from '../../electron/operators/operator.ts'
import { wrongNewPassword } from '../ui/new-password.ts'
import { texts } from '../ui/texts.ts'

/** What is typed, in the order of the page: the first wrong one gets the focus. */
export const fieldNames = [
  'installationCode',
  'firstName',
  'lastName',
  'code',
  'rpps',
  'password',
  'passwordAgain',
] as const
export type FieldName = (typeof fieldNames)[number]
export type Typed = Record<FieldName, string>
export type Wrong = Partial<Record<FieldName, string>>

export const nothingTyped: Typed = {
  installationCode: '',
  firstName: '',
  lastName: '',
  code: '',
  password: '',
  passwordAgain: '',
  rpps: '',
}

/**
 * What is wrong with each field, as the page says it. The main process judges again. `codeAsked`: the code of the
 * installation is.
 */
export function wrongFields(typed: Typed, codeAsked: boolean): Wrong {
  const words = texts.firstRun
  const wrong: Wrong = wrongNewPassword(typed)
  const needed = ['firstName', 'lastName', 'code'] as const
  for (const name of codeAsked ? (['installationCode', ...needed] as const) : needed) {
    if (typed[name].trim() === '') wrong[name] = words.missing
  }
  if (wrong.code === undefined && parseOperatorCode(typed.code) === null) wrong.code = words.codeInvalid
  if (typed.rpps.trim() !== '' && parseRpps(typed.rpps) === null) wrong.rpps = words.rppsInvalid
  return wrong
}

/** An RPPS whose key is wrong is kept all the same: the person may be right. */
export function rppsWarning(typed: string): string | null {
  const rpps = parseRpps(typed)
  return rpps === null || hasValidLuhnKey(rpps) ? null : texts.firstRun.rppsKey
}
