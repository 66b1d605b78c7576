import { EyeOff } from 'lucide-react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { HelpLink } from '../ui/HelpLink.tsx'
import { Clamped } from '../ui/Person.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTitle } from '../ui/useTitle.ts'

/** Stands over a module whose operator left: nothing of it shows until they come back. */
export function Veil({ view }: { view: ViewOf<'veil'> }) {
  const bridge = bridgeOf('veil')
  const calls = useCall()
  useTitle(view.module)
  useScanner()
  return (
    <main className="veil">
      <div className="veil-panel">
        <EyeOff size={36} strokeWidth={1.5} />
        <p className="quiet-text">{view.module}</p>
        <h1>
          <Clamped text={texts.veil.openedBy(view.operator)} />
        </h1>
        <p className="quiet-text">{texts.veil.explain}</p>
        <Failure error={calls.failure} />
        <div className="veil-actions">
          <Button look="primary" onClick={() => void calls.run(() => bridge.resumeVeiled())}>
            {texts.veil.resume}
          </Button>
          <Button onClick={() => void calls.run(() => bridge.closeVeiled())}>{texts.veil.close}</Button>
        </div>
      </div>
      <HelpLink page="switch" openHelp={bridge.openHelp} />
    </main>
  )
}
