import { CircleMinus } from 'lucide-react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { CardPill } from '../ui/card/CardPill.tsx'
import { HelpLink } from '../ui/HelpLink.tsx'
import { Clamped } from '../ui/Person.tsx'
import { PscPill } from '../ui/psc/PscPill.tsx'
import { texts } from '../ui/texts.ts'
import { helpPageOf } from './help-page.ts'

type HeaderProps = Pick<ViewOf<'launcher'>, 'pharmacy' | 'workstation' | 'psc' | 'card'>

/** The officine, the workstation, the card and Pro Santé Connect. */
export function Header({ pharmacy, workstation, psc, card }: HeaderProps) {
  const bridge = bridgeOf('launcher')
  return (
    <header className="bar">
      <div className="place">
        <h1>
          <Clamped text={pharmacy} />
        </h1>
        <p className="workstation">{workstation}</p>
      </div>
      <div className="pills">
        {card !== null && <CardPill card={card} bridge={bridge} />}
        {psc.state.kind === 'off' ? (
          <p className="pill">
            <CircleMinus size={18} />
            {texts.psc.state(psc.state).text}
          </p>
        ) : (
          <PscPill psc={psc} openHelp={bridge.openHelp} />
        )}
      </div>
      <HelpLink page={helpPageOf(card)} openHelp={bridge.openHelp} inRow />
    </header>
  )
}
