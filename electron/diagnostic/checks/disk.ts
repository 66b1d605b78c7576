import { diskFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import type { Check } from '../check.ts'

/** A day's rows and a copy of the database fit in it. In bytes. */
const neededBytes = 200_000_000
const comfortableBytes = 1_000_000_000

/** What is left on the disks of the data, of the backups and of the temporary files. */
export const disk: Check = {
  id: 'disk',
  timeoutMs: 4000,
  look: async (site) => {
    const known = (await site.disks()).filter(({ freeBytes }) => freeBytes !== null)
    const below = (limit: number) => known.filter(({ freeBytes }) => (freeBytes ?? 0) < limit)
    if (known.length === 0) return t.unknown
    if (below(neededBytes).length > 0) return t.none(below(neededBytes))
    return below(comfortableBytes).length > 0 ? t.little(below(comfortableBytes)) : t.enough(known)
  },
}
