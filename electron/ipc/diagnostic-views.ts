import * as z from 'zod'
import { checkIds, verdicts } from '../diagnostic/finding.ts'

/** A check as « Diagnostic du poste » shows it; `number`: from 1, as it is read over the telephone. */
export const checkView = z.strictObject({
  id: z.enum(checkIds),
  number: z.int(),
  finding: z
    .strictObject({ verdict: z.enum(verdicts), text: z.string(), remedy: z.string().nullable() })
    /** Null while it is under way. */
    .nullable(),
})
export type CheckView = z.infer<typeof checkView>

/** What the launcher says of the workstation each morning, and whenever it changes. */
export const readiness = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('looking') }),
  /** « Tout est prêt ». */
  z.strictObject({ kind: z.literal('ready') }),
  /** The one thing to do first; `others`: how many more there are. */
  z.strictObject({
    kind: z.literal('to-do'),
    check: z.enum(checkIds),
    verdict: z.enum(['watch', 'mend']),
    text: z.string(),
    remedy: z.string().nullable(),
    others: z.int(),
  }),
])
export type Readiness = z.infer<typeof readiness>
