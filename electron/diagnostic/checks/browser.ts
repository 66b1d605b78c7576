import { browserFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import { assertNever } from '../../assert-never.ts'
import type { Check } from '../check.ts'

/** The browser that Pro Santé Connect opens in. */
export const browser: Check = {
  id: 'browser',
  timeoutMs: 4000,
  look: async (site) => {
    const sight = await site.browser()
    switch (sight.kind) {
      case 'found':
        return sight.outdated ? t.outdated(sight.name) : t.found(sight.name)
      case 'none':
        return t.none(site.settings.psc !== undefined)
      case 'unknown':
        return t.unknown
      default:
        return assertNever(sight)
    }
  },
}
