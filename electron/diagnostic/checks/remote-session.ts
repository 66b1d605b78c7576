import { remoteFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import type { Check } from '../check.ts'
import { cardTimeoutMs } from '../card-sight.ts'

/** Whether somebody works here from another computer, and their reader came along. */
export const remoteSession: Check = {
  id: 'remote-session',
  timeoutMs: cardTimeoutMs,
  look: async (site) => {
    const { remote } = site.machine
    if (remote === null) return t.local
    const sight = await site.card()
    if (sight.kind === 'off') return t.cardOff(remote)
    const redirected = sight.kind === 'seen' && sight.snapshot.readers.length > 0
    return redirected ? t.withReader(remote) : t.withoutReader(remote)
  },
}
