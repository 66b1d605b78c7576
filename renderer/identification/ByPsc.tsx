import { type ReactNode, type Ref, type RefObject, useState } from 'react'
import type { CallError } from '../../electron/ipc/result.ts'
import type { CibaChannel } from '../../electron/ipc/views.ts'
import { Failure } from '../ui/Failure.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { PscButton } from '../ui/PscButton.tsx'
import { texts } from '../ui/texts.ts'
import { bridgeOf } from '../ui/bridge.ts'
import type { Calls } from '../ui/useCall.ts'
import { ByPhone } from './ByPhone.tsx'

type ByPscProps = {
  attempt: number
  calls: Calls
  button?: Ref<HTMLButtonElement>
  /** Why the last try did not succeed. */
  failure: CallError | null
  /** That a try would not succeed now. */
  notice: ReactNode
  /** By what it is asked without a browser; null where it is not. */
  phone: CibaChannel | null
  /** Where one types whom it then asks: a field of the page, `own` for one here, null where one person is awaited. */
  who: RefObject<HTMLInputElement | null> | 'own' | null
}

/** The ways through Pro Santé Connect: its button, the one without a browser, and under them why they did not lead in. */
export function ByPsc({ attempt, calls, button, failure, notice, phone, who }: ByPscProps) {
  const { psc } = texts
  const [awaited, setAwaited] = useState<string>(psc.opening)
  const start = (): void => {
    setAwaited(psc.opening)
    if (attempt !== 0) void calls.run(() => bridgeOf('identification').startPsc({ attempt }))
  }
  return (
    <div className="by-psc">
      <p className="identify-with">
        {psc.identifyWith}
        <kbd aria-hidden="true">Alt P</kbd>
      </p>
      <PscButton ref={button} busy={calls.busy} onPress={start} />
      {phone !== null && (
        <ByPhone
          attempt={attempt}
          calls={calls}
          channel={phone}
          who={who}
          sending={() => setAwaited(psc.phone.sending)}
        />
      )}
      <LiveRegion kind="status" className={calls.busy ? 'awaited on' : 'awaited'}>
        {calls.busy && awaited}
      </LiveRegion>
      {!calls.busy && calls.failure === null && failure === null && notice}
      <Failure error={calls.busy ? null : (calls.failure ?? failure)} />
    </div>
  )
}
