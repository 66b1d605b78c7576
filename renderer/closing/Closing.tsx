import { useLayoutEffect, useRef } from 'react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTitle } from '../ui/useTitle.ts'

/** « Fermer Comptoir ? », when modules are open. Nothing is lost by « Annuler »: it is the default. */
export function Closing({ view }: { view: ViewOf<'closing'> }) {
  const bridge = bridgeOf('closing')
  const calls = useCall()
  const cancel = useRef<HTMLButtonElement>(null)
  useTitle(texts.closing.title)
  useScanner()
  useLayoutEffect(() => cancel.current?.focus({ preventScroll: true }), [])
  useKeydown((event) => {
    if (event.key === 'Escape' && !event.repeat) void calls.run(() => bridge.cancelClosing())
  })
  return (
    <main className="whole">
      <div className="dialog" role="alertdialog" aria-labelledby="question" aria-describedby="what">
        <div className="dialog-body">
          <h1 id="question">{texts.closing.title}</h1>
          <div className="paragraphs" id="what">
            {view.modules.length > 0 && <p>{texts.closing.open(view.modules)}</p>}
            <p className="quiet-text">{texts.closing.whatHappens(view.operator?.name ?? null)}</p>
          </div>
          <Failure error={calls.failure} />
        </div>
        <div className="dialog-actions halves">
          <Button onClick={() => void calls.run(() => bridge.confirmClosing())}>{texts.closing.close}</Button>
          <Button ref={cancel} look="primary" onClick={() => void calls.run(() => bridge.cancelClosing())}>
            {texts.closing.cancel}
          </Button>
        </div>
      </div>
    </main>
  )
}
