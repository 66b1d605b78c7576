import type { HelpPage } from '../../electron/ipc/views.ts'
import type { CardSnapshot } from '../../native/card/states.ts'
import { cardText } from '../ui/texts/card.ts'

/** The page that fits a launcher whose card says this: what is the matter with it, else how one comes in. */
export function helpPageOf(card: CardSnapshot | null): HelpPage {
  if (card === null) return 'identify'
  if (card.state.kind.startsWith('cryptolib-')) return 'cryptolib'
  const { tone } = cardText(card.state)
  return tone === 'watch' || tone === 'mend' ? 'card' : 'identify'
}
