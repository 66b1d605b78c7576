import { cryptolibFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import { assertNever } from '../../assert-never.ts'
import type { Check } from '../check.ts'
import { cardTimeoutMs } from '../card-sight.ts'
import { told } from '../told-path.ts'

/** The vendor's library: found, of the right bitness, recent enough, and whether it loads. */
export const cryptolib: Check = {
  id: 'cryptolib',
  timeoutMs: cardTimeoutMs,
  look: async (site) => {
    const sight = await site.card()
    if (sight.kind === 'off') return t.off
    if (sight.kind === 'failed') return sight.why === 'ended' ? t.ended : t.hung
    const { state, cryptolib: report } = sight.snapshot
    switch (state.kind) {
      case 'cryptolib-unusable':
        return t.of({ ...state, path: told(state.path, site.machine) })
      case 'cryptolib-missing':
      case 'cryptolib-32-bit-only':
      case 'cryptolib-too-old':
      case 'restarting':
        return t.of(state)
      case 'searching':
      case 'reading':
      case 'service-stopped':
      case 'no-reader':
      case 'remote-session':
      case 'empty-reader':
      case 'reader-busy':
      case 'mute':
      case 'vitale':
      case 'not-recognised':
      case 'several-cards':
      case 'card':
        return report === null ? t.searching : t.loaded(report, told(report.path, site.machine))
      default:
        return assertNever(state)
    }
  },
}
