import { readersFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import type { Check } from '../check.ts'
import { cardTimeoutMs } from '../card-sight.ts'

/** The card readers; none is missed where Pro Santé Connect is not used. */
export const readers: Check = {
  id: 'readers',
  timeoutMs: cardTimeoutMs,
  look: async (site) => {
    const sight = await site.card()
    if (sight.kind === 'off') return t.off
    if (sight.kind === 'failed') return t.unknown
    const { state, readers: names } = sight.snapshot
    if (names.length > 0) return t.found(names)
    return state.kind === 'remote-session' ? t.of(state) : t.none(site.settings.psc !== undefined)
  },
}
