import { cardFindings as t } from '../../../renderer/ui/texts/diagnostic-findings.ts'
import type { Card } from '../../../native/card/states.ts'
import type { Check } from '../check.ts'
import { cardTimeoutMs } from '../card-sight.ts'
import { initials } from '../masked.ts'

/** The card in the reader and its certificate: what the pill says of it. */
export const card: Check = {
  id: 'card',
  timeoutMs: cardTimeoutMs,
  look: async (site) => {
    const sight = await site.card()
    if (sight.kind === 'off') return t.off
    if (sight.kind === 'failed') return t.elsewhere(2)
    const { state } = sight.snapshot
    switch (state.kind) {
      case 'card':
        return t.card(state.card, state.remarks[0], whose(state.card))
      case 'cryptolib-missing':
      case 'cryptolib-32-bit-only':
      case 'cryptolib-unusable':
      case 'cryptolib-too-old':
      case 'restarting':
        return t.elsewhere(2)
      case 'service-stopped':
        return t.elsewhere(3)
      case 'no-reader':
      case 'remote-session':
        return t.elsewhere(4)
      case 'empty-reader':
        return t.none
      case 'searching':
      case 'reading':
      case 'reader-busy':
      case 'mute':
      case 'vitale':
      case 'not-recognised':
      case 'several-cards':
        return t.of(state)
      default:
        return state satisfies never
    }
  },
}

/** « Carte CPS de P. A. »; in clear, with the number of the card. A card that names nobody is told by its model. */
function whose({ label, certificate }: Card): { masked: string; named: string } {
  const { type, firstName, lastName } =
    certificate.kind === 'read' ? certificate.holder : { type: null, firstName: null, lastName: null }
  const what = type === null ? 'Carte' : `Carte ${type}`
  const name = [firstName, lastName].filter((part) => part !== null).join(' ')
  return {
    masked: name === '' ? what : `${what} de ${initials(firstName, lastName)}`,
    named: `${what}${name === '' ? '' : ` de ${name}`} (${label})`,
  }
}
