import { Copy, Printer, RotateCw, Save } from 'lucide-react'
import { useState } from 'react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { HelpLink } from '../ui/HelpLink.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { diagnosticWindowTexts as words } from '../ui/texts/diagnostic-window.ts'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTitle } from '../ui/useTitle.ts'
import { Checks } from './Checks.tsx'
import { Names } from './Names.tsx'
import { Overview } from './Overview.tsx'
import { summaryOf } from './summary.ts'

type View = ViewOf<'diagnostic'>

/** « Diagnostic du poste ». Only read: Escape closes it. */
export function Diagnostic({ view }: { view: View }) {
  const bridge = bridgeOf('diagnostic')
  const calls = useCall()
  const [told, setTold] = useState('')
  const summary = summaryOf(view.checks)
  const ended = view.endedAt !== null && view.code !== null
  useTitle(texts.builtIn.diagnostic)
  useScanner()
  useKeydown((event) => {
    if (event.key === 'Escape' && !event.repeat) window.close()
  })

  const again = (): void => {
    setTold('')
    void calls.run(() => bridge.runDiagnostic())
  }
  const copy = async (): Promise<void> => {
    setTold('')
    if ((await calls.run(() => bridge.copyDiagnostic())) === null) setTold(words.copied)
  }
  const save = async (): Promise<void> => {
    setTold('')
    let name: string | null = null
    await calls.run(async () => {
      const answer = await bridge.saveDiagnostic()
      if (answer.ok) name = answer.value?.name ?? null
      return answer
    })
    if (name !== null) setTold(words.saved(name))
  }

  return (
    <div className="diagnostic">
      <header className="diagnostic-head">
        <div className="diagnostic-title">
          <div>
            <p className="quiet-text">{words.place(view.pharmacy, view.workstation)}</p>
            <h1>{texts.builtIn.diagnostic}</h1>
          </div>
          <HelpLink page="diagnostic" openHelp={bridge.openHelp} inRow />
        </div>
        <div className="diagnostic-ways">
          <Button busy={!ended} onClick={again}>
            <RotateCw size={18} />
            {words.again}
          </Button>
          <Button busy={!ended} onClick={() => void copy()}>
            <Copy size={18} />
            {words.copy}
          </Button>
          <Button busy={!ended} onClick={() => void save()}>
            <Save size={18} />
            {words.save}
          </Button>
          {/* Names leave only where the journal can say so: what is printed is not known here. */}
          {!view.named && (
            <Button busy={!ended} onClick={() => window.print()}>
              <Printer size={18} />
              {words.print}
            </Button>
          )}
          <Button onClick={() => window.close()}>{words.close}</Button>
        </div>
      </header>
      <main>
        <div className="diagnostic-told">
          <LiveRegion kind="status">{told}</LiveRegion>
          <Failure error={calls.failure} />
        </div>
        <LiveRegion kind="status" className="unseen">
          {view.code !== null && words.ended(summary.mend, summary.watch, view.code)}
        </LiveRegion>
        <Overview view={view} summary={summary} />
        <Names
          named={view.named}
          onChange={(named) => void calls.run(() => bridge.nameDiagnostic({ named }))}
        />
        <Checks checks={view.checks} openHelp={(page) => void calls.run(() => bridge.openHelp({ page }))} />
      </main>
    </div>
  )
}
