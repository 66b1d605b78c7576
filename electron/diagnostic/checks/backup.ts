import { backupFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import { assertNever } from '../../assert-never.ts'
import type { Check } from '../check.ts'

/** A pharmacy closes for a long weekend. In days. */
const youngDays = 4

/** The newest backup: its age, and whether it can be read. */
export const backup: Check = {
  id: 'backup',
  timeoutMs: 8000,
  look: async (site) => {
    const [sight, database] = await Promise.all([site.backup(), site.database()])
    switch (sight.kind) {
      case 'no-folder':
        // The first backup makes it.
        return database.kind === 'none' ? t.none(false) : t.noFolder(sight.why)
      case 'none':
        return t.none(database.kind === 'open' && database.soundAt !== null)
      case 'found':
        if (!sight.sound) return t.unsound(sight.day)
        return sight.ageDays > youngDays ? t.old(sight.day, sight.ageDays) : t.sound(sight.day)
      default:
        return assertNever(sight)
    }
  },
}
