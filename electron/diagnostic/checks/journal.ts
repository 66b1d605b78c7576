import { journalFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import { assertNever } from '../../assert-never.ts'
import type { Check } from '../check.ts'

/** How many of the last rows are verified: a year of a counter's. */
const verifiedRows = 20_000
/** All of it is to be verified this often. In milliseconds. */
const fullEveryMs = 184 * 24 * 3_600_000

/** The end of the journal, row by row, and when all of it was last verified. */
export const journal: Check = {
  id: 'journal',
  timeoutMs: 10_000,
  look: async (site, signal) => {
    const sight = await site.journal(verifiedRows, signal)
    switch (sight.kind) {
      case 'none':
        return t.none
      case 'waiting':
        return t.waiting
      case 'fault':
        return t.fault(sight.fault)
      case 'verified': {
        const { rows, whole, bad, fullAt } = sight
        if (bad !== null) return t.bad(bad)
        const since = fullAt === null ? Infinity : site.clock.now().getTime() - Date.parse(fullAt)
        return whole || since < fullEveryMs ? t.intact(rows, whole, fullAt) : t.due(rows, fullAt)
      }
      default:
        return assertNever(sight)
    }
  },
}
