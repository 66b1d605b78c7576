import type { Ref } from 'react'
import type { CallError } from '../../electron/ipc/result.ts'
import { Failure } from '../ui/Failure.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { PscButton } from '../ui/PscButton.tsx'
import { texts } from '../ui/texts.ts'
import { bridgeOf } from '../ui/bridge.ts'
import type { Calls } from '../ui/useCall.ts'

type ByPscProps = {
  attempt: number
  calls: Calls
  button?: Ref<HTMLButtonElement>
  /** Why the last try did not succeed. */
  failure: CallError | null
}

/** The way through Pro Santé Connect: its button, and under it why it did not lead in. */
export function ByPsc({ attempt, calls, button, failure }: ByPscProps) {
  const { psc } = texts
  const start = (): void => {
    if (attempt !== 0) void calls.run(() => bridgeOf('identification').startPsc({ attempt }))
  }
  return (
    <div className="by-psc">
      <p className="identify-with">
        {psc.identifyWith}
        <kbd aria-hidden="true">Alt P</kbd>
      </p>
      <PscButton ref={button} busy={calls.busy} onPress={start} />
      <LiveRegion kind="status" className={calls.busy ? 'awaited on' : 'awaited'}>
        {calls.busy && psc.opening}
      </LiveRegion>
      <Failure error={calls.busy ? null : (calls.failure ?? failure)} />
    </div>
  )
}
