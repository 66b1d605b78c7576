import { pscFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import { assertNever } from '../../assert-never.ts'
import type { Check } from '../check.ts'
import type { Finding } from '../finding.ts'
import { pscTimeoutMs } from '../psc-sight.ts'
import type { DiscoverySight } from '../site.ts'
import { slowMs } from '../states.ts'

/** What this workstation lacks to use Pro Santé Connect, and how its discovery answers. */
export const psc: Check = {
  id: 'psc',
  timeoutMs: pscTimeoutMs,
  look: async (site) => {
    const sight = await site.psc()
    if (sight.kind === 'off') return t.off
    const { host, impeded, discovery } = sight
    if (impeded !== null) return t.impeded(impeded)
    switch (discovery.kind) {
      case 'answered':
        return discovery.tookMs > slowMs ? t.slow(host, discovery.tookMs) : t.answers(host, discovery.tookMs)
      case 'other-issuer':
        return t.otherIssuer(host)
      case 'not-discovery':
        return t.notDiscovery(host)
      case 'unreachable':
        return unreachable(discovery, host)
      default:
        return assertNever(discovery)
    }
  },
}

function unreachable({ why, code }: Extract<DiscoverySight, { kind: 'unreachable' }>, host: string): Finding {
  switch (why) {
    case 'proxy':
      return t.throughProxy(host, code)
    case 'certificate':
      return t.untrusted(host, code)
    case 'too-slow':
      return t.tooSlow(host)
    case 'other':
      return t.unreachable(host, code)
    default:
      return assertNever(why)
  }
}
