import type { JournalFilter } from '../../electron/journal/filter.ts'
import type { JournalKind } from '../../electron/journal/kinds.ts'
import { type Family, families, kindsOf } from '../ui/texts/journal-kinds.ts'
import { isKnownKind } from '../ui/texts/journal-sentences.ts'
import { dayAfter, parisDay, startOfParisDay } from '../ui/texts/paris.ts'

export const periods = ['all', 'today', 'week', 'month', 'between'] as const
export type Period = (typeof periods)[number]
export type FoundPerson = { readonly id: string; readonly code: string; readonly name: string | null }

/** What the filters hold. */
export type FilterForm = {
  readonly period: Period
  /** `YYYY-MM-DD` or empty: both included, in Paris. Of « Du… au… » only. */
  readonly from: string
  readonly to: string
  readonly operator: FoundPerson | null
  /** A kind, `family:` and a family, or empty. */
  readonly kind: string
  readonly module: string
  /** As typed. */
  readonly reference: string
}

export const nothingFiltered: FilterForm = {
  period: 'all',
  from: '',
  to: '',
  operator: null,
  kind: '',
  module: '',
  reference: '',
}

/** Whether « Du… au… » ends before it begins. */
export function wrongDays({ period, from, to }: FilterForm): boolean {
  return period === 'between' && from !== '' && to !== '' && to < from
}

/** The filter of what is in the form at `now`; what is not complete filters nothing. */
export function filterOf(form: FilterForm, now: Date): JournalFilter {
  return {
    ...instantsOf(form, now),
    operator: form.operator?.id ?? null,
    kinds: kindsIn(form.kind),
    module: form.module === '' ? null : form.module,
    reference: referenceOf(form.reference),
  }
}

function instantsOf(form: FilterForm, now: Date): Pick<JournalFilter, 'from' | 'to'> {
  const today = parisDay(now)
  switch (form.period) {
    case 'all':
      return { from: null, to: null }
    case 'today':
      return { from: startOfParisDay(today), to: null }
    case 'week':
      return { from: startOfParisDay(dayAfter(today, -6)), to: null }
    case 'month':
      return { from: startOfParisDay(`${today.slice(0, 7)}-01`), to: null }
    case 'between':
      return {
        from: startOfParisDay(form.from),
        to: form.to === '' ? null : startOfParisDay(dayAfter(form.to, 1)),
      }
    default:
      return form.period
  }
}

function kindsIn(kind: string): JournalKind[] {
  const family = isFamily(kind.slice('family:'.length)) ? kind.slice('family:'.length) : null
  if (kind.startsWith('family:') && family !== null && isFamily(family)) return kindsOf(family)
  return isKnownKind(kind) ? [kind] : []
}

function isFamily(name: string): name is Family {
  return Object.hasOwn(families, name)
}

/** « 7k2 49r » and « 7K249R » are 7K2-49R; null until all six are there. */
export function referenceOf(typed: string): string | null {
  const letters = typed.toUpperCase().replaceAll(/[^A-Z0-9]/gu, '')
  return letters.length === 6 ? `${letters.slice(0, 3)}-${letters.slice(3)}` : null
}
