import * as z from 'zod'
import type { JournalKind } from './kinds.ts'

const kind = z.custom<JournalKind>((value) => typeof value === 'string' && value.length <= 60)

/** Which rows are wanted; what is null, or an empty list, excludes none. */
export const journalFilter = z.strictObject({
  /** From this instant on, and before that one: UTC ISO 8601. */
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  /** The id of the operator of the row. */
  operator: z.string().max(64).nullable(),
  kinds: z.array(kind).max(80),
  /** A module's id. */
  module: z.string().max(64).nullable(),
  reference: z.string().max(16).nullable(),
})
export type JournalFilter = z.infer<typeof journalFilter>

export const everyRow: JournalFilter = {
  from: null,
  to: null,
  operator: null,
  kinds: [],
  module: null,
  reference: null,
}
