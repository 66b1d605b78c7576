import type { OperatorForm, OperatorSheet } from '../../electron/ipc/operator-views.ts'
import { hasValidLuhnKey, parseRpps } from '../../electron/operators/national-id.ts'
import { parseOperatorCode } from '../../electron/operators/operator.ts'
import { dangersOf, type Trust } from '../../electron/operators/rights.ts'
import { texts } from '../ui/texts.ts'

/** The fields that may be wrong, in the order of the page: the first wrong one gets the focus. */
export const fieldNames = ['firstName', 'lastName', 'code', 'rpps', 'firstDay', 'lastDay'] as const
export type FieldName = (typeof fieldNames)[number]
export type Wrong = Partial<Record<FieldName, string>>

/** The form of somebody new; their code is suggested. */
export function blankForm(code: string): OperatorForm {
  const names = { firstName: '', lastName: '' }
  return { code, ...names, role: 'preparateur', rpps: '', firstDay: null, lastDay: null, rights: [] }
}

/** The form of somebody as they are. */
export function formOf(sheet: OperatorSheet): OperatorForm {
  const { code, firstName, lastName, role, rpps, firstDay, lastDay, rights } = sheet
  return { code, firstName, lastName, role, rpps: rpps ?? '', firstDay, lastDay, rights }
}

/** What is wrong with each field, as the page says it. The main process judges again. */
export function wrongFields(form: OperatorForm): Wrong {
  const words = texts.operators.form
  const wrong: Wrong = {}
  for (const name of ['firstName', 'lastName', 'code'] as const) {
    if (form[name].trim() === '') wrong[name] = words.missing
  }
  if (wrong.code === undefined && parseOperatorCode(form.code) === null) wrong.code = words.codeInvalid
  if (form.rpps.trim() !== '' && parseRpps(form.rpps) === null) wrong.rpps = words.rppsInvalid
  const { firstDay, lastDay } = form
  if (firstDay !== null && lastDay !== null && lastDay < firstDay) wrong.lastDay = words.datesReversed
  return wrong
}

/** An RPPS whose key is wrong is kept all the same: the person may be right (psc.md §5). Not said of one already kept. */
export function rppsWarning(typed: string, kept: string | null): string | null {
  const rpps = parseRpps(typed)
  if (rpps === null || rpps.digits === kept || hasValidLuhnKey(rpps)) return null
  return texts.operators.form.rppsKey
}

/** Whether what is typed is something else than what was there. */
export function isEdited(form: OperatorForm, before: OperatorForm): boolean {
  return JSON.stringify(form) !== JSON.stringify(before)
}

/** Whether saving the form asks for the password of who saves it; `before`: null for somebody new. */
export function asksPassword(form: OperatorForm, before: OperatorForm | null, today: string): boolean {
  return dangersOf(trustOf(form), before === null ? null : trustOf(before), today).length > 0
}

function trustOf({ rpps, ...trust }: OperatorForm): Trust {
  return { ...trust, rpps: parseRpps(rpps)?.digits ?? null }
}
