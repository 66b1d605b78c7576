import { databaseFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import { assertNever } from '../../assert-never.ts'
import type { Check } from '../check.ts'

/** The database: whether it opens, is of a version that we know, can be written, and its pages were last seen sound. */
export const database: Check = {
  id: 'database',
  timeoutMs: 8000,
  look: async (site) => {
    const sight = await site.database()
    switch (sight.kind) {
      case 'none':
        return t.none
      case 'fault':
        return t.fault(sight.fault)
      case 'open':
        if (sight.damaged) return t.damaged
        return sight.wal ? t.open(sight) : t.notWal
      default:
        return assertNever(sight)
    }
  },
}
