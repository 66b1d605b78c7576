import { versionsFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import type { Check } from '../check.ts'

/** Of Comptoir and of what it runs on. */
export const versions: Check = {
  id: 'versions',
  // IT's server is given ten seconds to answer.
  timeoutMs: 11_500,
  look: async ({ versions: known, newer }) => {
    if (known.testPackage) return t.testPackage(known)
    const sight = await newer()
    switch (sight.kind) {
      case 'off':
      case 'current':
        return t.known(known)
      case 'newer':
        return t.newer(known, sight.version)
      case 'unknown':
        return t.newerUnknown(known, sight)
      default:
        return sight satisfies never
    }
  },
}
