import { Globe } from 'lucide-react'
import { useId } from 'react'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useScanner } from '../ui/useScanner.ts'
import { Heading } from './Heading.tsx'
import { Panel } from './Panel.tsx'
import type { StepProps } from './step.ts'

/** The browser still has somebody else's session: it is being ended, or its windows are to be closed. */
export function Leaving({ attempt, step, onCancel }: StepProps<'leaving'>) {
  const words = texts.wrongPerson
  const calls = useCall('single')
  const hint = useId()
  const byHand = step.restart === 'by-hand'
  useScanner()
  return (
    <Panel
      actions={
        <>
          <Button
            look={byHand ? 'primary' : 'plain'}
            busy={calls.busy}
            onClick={() => void calls.run(() => bridgeOf('identification').restartPsc({ attempt }))}
          >
            {words.restart}
          </Button>
          <Button onClick={onCancel}>{texts.psc.cancel}</Button>
        </>
      }
    >
      <div className="step-title">
        <Globe size={24} />
        {/* Its own heading for each: the one that comes is said. */}
        <Heading key={step.restart} describedBy={byHand ? undefined : hint}>
          {byHand ? words.closeBrowser : words.leaving}
        </Heading>
      </div>
      {!byHand && (
        <p className="under-title" id={hint}>
          {words.leavingHint}
        </p>
      )}
      <Failure error={calls.failure} />
    </Panel>
  )
}
