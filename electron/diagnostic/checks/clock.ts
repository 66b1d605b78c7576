import { clockFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import type { Check } from '../check.ts'
import { pscTimeoutMs } from '../psc-sight.ts'
import { clockToleranceMs } from '../states.ts'

/** A clock that drifts by so much is put right before it keeps everybody out. In milliseconds. */
const driftMs = 60_000

/** This workstation's clock, by the date of what Pro Santé Connect answers (RFC 9110 §6.6.1). */
export const clock: Check = {
  id: 'clock',
  timeoutMs: pscTimeoutMs,
  look: async (site) => {
    const sight = await site.psc()
    if (sight.kind === 'off') return t.off
    if (sight.aheadMs === null) return t.unknown
    const ahead = sight.aheadMs > 0
    const gapMs = Math.abs(sight.aheadMs)
    const seconds = Math.round(gapMs / 1000)
    if (gapMs >= clockToleranceMs) return t.wrong(ahead, seconds)
    return gapMs >= driftMs ? t.drifts(ahead, seconds) : t.right(seconds)
  },
}
