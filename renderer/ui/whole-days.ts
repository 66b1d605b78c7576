/** The days that a date field takes: with them, it wants the four digits of the year. */
export const earliestDay = '1900-01-01'
export const latestDay = '2199-12-31'

type DayField = { readonly value: string; readonly validity: { readonly badInput: boolean } }

/** Whether a date field holds a whole day, or nothing. A year of two digits is one of two thousand years ago. */
export function isWholeDay({ value, validity }: DayField): boolean {
  const within = value.length === latestDay.length && value >= earliestDay && value <= latestDay
  return !validity.badInput && (value === '' || within)
}

/** The date fields of `page` that hold a part of a day: their value would be taken for none. */
export function incompleteDays(page: ParentNode): HTMLInputElement[] {
  const fields = [...page.querySelectorAll<HTMLInputElement>('input[type=date]')]
  return fields.filter((field) => !isWholeDay(field))
}

/** The first of them, each having said so (DateField.tsx); null: there is none, and the form can be sent. */
export function firstIncompleteDay(page: ParentNode | null): HTMLInputElement | null {
  const incomplete = page === null ? [] : incompleteDays(page)
  for (const field of incomplete) field.checkValidity()
  return incomplete[0] ?? null
}
