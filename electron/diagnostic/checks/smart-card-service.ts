import { serviceFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import type { Check } from '../check.ts'
import { cardTimeoutMs } from '../card-sight.ts'

/** PC/SC, which Windows stops by itself while no reader is plugged in. */
export const smartCardService: Check = {
  id: 'smart-card-service',
  timeoutMs: cardTimeoutMs,
  look: async (site) => {
    const sight = await site.card()
    if (sight.kind === 'off') return t.off
    if (sight.kind === 'failed') return t.unknown
    const { state, events } = sight.snapshot
    if (events) return t.running
    const stopped = state.kind === 'service-stopped' || (await site.readerIsPlugged())
    return stopped ? t.stopped : t.withoutReader
  },
}
