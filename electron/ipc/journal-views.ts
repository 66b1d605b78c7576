import * as z from 'zod'
import type { JsonObject } from '../journal/json.ts'
import type { Verification } from '../journal/verdict.ts'
import { journalFilter } from '../journal/filter.ts'

/** One row as « Journal » and « Mes connexions » show it; the sentence is theirs to make. */
export const journalRow = z.strictObject({
  seq: z.int(),
  /** UTC ISO 8601. */
  at: z.string(),
  workstation: z.string(),
  kind: z.string(),
  outcome: z.string(),
  means: z.string().nullable(),
  /** `name`: null once the operator has gone and their last row with them. */
  operator: z
    .strictObject({ id: z.string(), code: z.string().nullable(), name: z.string().nullable() })
    .nullable(),
  /** `label`: null where the settings no longer have it. */
  module: z.strictObject({ id: z.string(), label: z.string().nullable() }).nullable(),
  reference: z.string().nullable(),
  details: z.custom<JsonObject>(),
  /** « PRÉNOM NOM » of those whom `details` refers to, by id. */
  named: z.record(z.string(), z.string()),
  hash: z.string(),
})
export type JournalRowView = z.infer<typeof journalRow>

export const verification = z.custom<Verification>()

/** A file that was written for the user; `name`: without its folder. */
export const writtenFile = z.strictObject({ name: z.string(), rows: z.int() })

export const journalExtract = z.strictObject({
  pharmacy: z.string(),
  finess: z.string().nullable(),
  workstation: z.string(),
  filter: journalFilter,
  /** The operator of the filter, « PRÉNOM NOM (code) ». */
  person: z.string().nullable(),
  reason: z.string(),
  /** Who made it, « PRÉNOM NOM » and code, and when. */
  by: z.strictObject({ code: z.string(), name: z.string() }),
  at: z.string(),
  /** Oldest first. */
  rows: z.array(journalRow),
  verification,
})
export type JournalExtract = z.infer<typeof journalExtract>
