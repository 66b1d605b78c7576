import { useLayoutEffect, useRef } from 'react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { HelpLink } from '../ui/HelpLink.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTitle } from '../ui/useTitle.ts'
import { Heading } from './Heading.tsx'

type View = ViewOf<'restore'>

/** « Sauvegarde proposée ». « Fermer Comptoir » changes nothing: it has the focus. */
export function Restore({ view }: { view: View }) {
  const words = texts.restore
  const bridge = bridgeOf('restore')
  const calls = useCall('single')
  const close = useRef<HTMLButtonElement>(null)
  useTitle(words.title)
  useScanner()
  useLayoutEffect(() => close.current?.focus({ preventScroll: true }), [])
  const leave = (): void => void calls.run(() => bridge.declineBackup())
  useKeydown((event) => {
    if (event.key === 'Escape' && !event.repeat) leave()
  })

  const found = view.search.kind === 'found'
  return (
    <main className="dialog">
      <div className="dialog-body">
        <Heading view={view} />
        <LiveRegion kind="status" className="restore-found">
          <Found view={view} />
        </LiveRegion>
        <Failure error={calls.failure} />
      </div>
      <div className="dialog-actions">
        <Button ref={close} look={found ? 'plain' : 'primary'} busy={calls.busy} onClick={leave}>
          {words.close}
        </Button>
        {found && (
          <Button
            look="primary"
            busy={calls.busy}
            onClick={() => void calls.run(() => bridge.restoreBackup())}
          >
            {words.take}
          </Button>
        )}
        <LiveRegion kind="status" className="quiet-text">
          {calls.busy && words.taking}
        </LiveRegion>
      </div>
      <HelpLink page="backups" openHelp={bridge.openHelp} />
    </main>
  )
}

/** What was found, and what taking it means. */
function Found({ view: { search, database } }: { view: View }) {
  const words = texts.restore
  switch (search.kind) {
    case 'under-way':
      return <p>{words.searching}</p>
    case 'nothing':
      return (
        <>
          <p className="restore-day">{words.nothing}</p>
          <p>{words.nothingRemedy}</p>
        </>
      )
    case 'found':
      return (
        <>
          <p className="restore-day">{words.found(search.at)}</p>
          <p>{words.holds(search.at)}</p>
          <p>{words.missingRows(search.missingRows, search.at)}</p>
          {database === 'damaged' && <p className="quiet-text">{words.kept}</p>}
        </>
      )
    default:
      return search
  }
}
