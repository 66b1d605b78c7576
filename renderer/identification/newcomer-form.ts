import { parseOperatorCode } from '../../electron/operators/operator.ts'
import { type NewPassword, wrongNewPassword } from '../ui/new-password.ts'
import { texts } from '../ui/texts.ts'

/** What a newcomer fills in, but for their role. Days are `YYYY-MM-DD`, empty where none is chosen. */
export type NewcomerTyped = {
  firstName: string
  lastName: string
  code: string
  firstDay: string
  lastDay: string
} & NewPassword
export type NewcomerField = keyof NewcomerTyped

/** In the order of the page. */
const fields = [
  'firstName',
  'lastName',
  'code',
  'firstDay',
  'lastDay',
  'password',
  'passwordAgain',
] as const satisfies readonly NewcomerField[]

/** What is wrong with each field. Whether the code is free and the password strong is judged by the main process. */
export function wrongNewcomer(typed: NewcomerTyped, today: string): Partial<NewcomerTyped> {
  const { missing, codeInvalid } = texts.firstRun
  const wrong: Partial<NewcomerTyped> = wrongNewPassword(typed)
  if (parseOperatorCode(typed.code) === null) wrong.code = codeInvalid
  if (typed.firstDay > today) wrong.firstDay = texts.newcomer.datesWrong
  if (typed.lastDay < today) wrong.lastDay = texts.newcomer.datesWrong
  for (const name of ['firstName', 'lastName', 'code', 'firstDay', 'lastDay'] as const) {
    if (typed[name].trim() === '') wrong[name] = missing
  }
  return wrong
}

/** The first field to correct, or null. */
export function firstWrong(wrong: Partial<NewcomerTyped>): NewcomerField | null {
  return fields.find((name) => wrong[name] !== undefined) ?? null
}
