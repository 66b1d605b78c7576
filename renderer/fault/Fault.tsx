import { Copy, OctagonAlert } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { HelpLink } from '../ui/HelpLink.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { texts } from '../ui/texts.ts'
import { settingsTexts } from '../ui/texts/settings.ts'
import { useCall } from '../ui/useCall.ts'
import { useKeydown } from '../ui/useKeydown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { useTitle } from '../ui/useTitle.ts'

/** Why Comptoir did not start: each fault, what to do, and what to say over the telephone. */
export function Fault({ view }: { view: ViewOf<'fault'> }) {
  const bridge = bridgeOf('fault')
  const calls = useCall()
  const first = useRef<HTMLButtonElement>(null)
  const [copied, setCopied] = useState(false)
  useTitle(view.title)
  useScanner()
  useLayoutEffect(() => first.current?.focus({ preventScroll: true }), [])
  useKeydown((event) => {
    if (event.key === 'Escape' && !event.repeat) void calls.run(() => bridge.closeFault())
  })

  const copy = async (): Promise<void> => {
    setCopied(false)
    setCopied((await calls.run(() => bridge.copyFault())) === null)
  }

  const { support } = view
  return (
    <main className="dialog">
      <div className="dialog-body">
        <div className="fault-title">
          <OctagonAlert size={28} strokeWidth={1.75} />
          <div>
            <h1>{view.title}</h1>
            <p className="telephone">
              <span className="nowrap">{texts.reference(view.reference)}</span>
              {support !== null && (support.name !== null || support.phone !== null) && (
                <span>{texts.launcher.support(support.name, support.phone)}</span>
              )}
            </p>
          </div>
        </div>
        {view.file !== null && (
          <p className="fault-file">
            {texts.fault.file} <code>{view.file}</code>
            <br />
            {view.faults.length > 1 && <strong>{settingsTexts.count(view.faults.length)} </strong>}
            {texts.fault.correct}
          </p>
        )}
        <ul className="faults">
          {view.faults.map(({ where, text, remedy }) => (
            <li key={`${where ?? ''} ${text}`}>
              {where !== null && <code>{where}</code>}
              <p>{text}</p>
              {remedy !== null && <p className="quiet-text">{remedy}</p>}
            </li>
          ))}
        </ul>
        <Failure error={calls.failure} />
      </div>
      <div className="dialog-actions">
        {view.retryable && (
          <Button ref={first} look="primary" onClick={() => void calls.run(() => bridge.retryStart())}>
            {texts.fault.retry}
          </Button>
        )}
        <Button
          ref={view.retryable ? undefined : first}
          look={view.retryable ? 'plain' : 'primary'}
          onClick={() => void calls.run(() => bridge.closeFault())}
        >
          {texts.fault.close}
        </Button>
        <Button onClick={() => void copy()}>
          <Copy size={18} />
          {texts.fault.copy}
        </Button>
        <LiveRegion kind="status" className="quiet-text">
          {copied && texts.fault.copied}
        </LiveRegion>
      </div>
      <HelpLink page={view.file === null ? 'backups' : 'settings'} openHelp={bridge.openHelp} />
    </main>
  )
}
