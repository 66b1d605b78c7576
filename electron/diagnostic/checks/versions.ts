import { versionsFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import type { Check } from '../check.ts'

/** Of Comptoir and of what it runs on. */
export const versions: Check = {
  id: 'versions',
  timeoutMs: 3000,
  look: async ({ versions: known }) => (known.newer === null ? t.known(known) : t.newer(known, known.newer)),
}
