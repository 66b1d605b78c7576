import { IdCard, Smartphone, TriangleAlert } from 'lucide-react'
import { useId, useState } from 'react'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { Failure } from '../ui/Failure.tsx'
import { texts } from '../ui/texts.ts'
import { Timer } from '../ui/Timer.tsx'
import { useCall } from '../ui/useCall.ts'
import { useCountdown } from '../ui/useCountdown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { Heading } from './Heading.tsx'
import { Panel } from './Panel.tsx'
import type { StepProps } from './step.ts'

const icons = { MOBILE: Smartphone, CARD: IdCard } as const

/** The number to compare, to be read from where one holds a phone, and how long the answer is awaited. */
export function Phone({ attempt, step, onCancel }: StepProps<'phone'>) {
  const { psc } = texts
  const { number, channel, serviceName } = step
  const Icon = icons[channel]
  const calls = useCall('single')
  const id = useId()
  const [opening] = useState(step.secondsLeft)
  // Each pushed view says the seconds left anew.
  const left = useCountdown(step.secondsLeft, step) ?? 0
  useScanner()

  return (
    <Panel
      actions={
        <>
          <Button
            busy={calls.busy}
            onClick={() => void calls.run(() => bridgeOf('identification').startPsc({ attempt }))}
          >
            {psc.phone.browser}
          </Button>
          <Button onClick={onCancel}>{psc.cancel}</Button>
        </>
      }
    >
      <div className="phone">
        {/* The heading says it too. */}
        <p className="phone-number" aria-hidden="true">
          {number}
        </p>
        <div className="phone-words">
          <Heading describedBy={`${id}-hints ${id}-wait`}>{psc.phone.waiting[channel](number)}</Heading>
          <ul className="hints" id={`${id}-hints`}>
            <li>
              <Icon size={20} />
              {psc.phone.service[channel](serviceName)}
            </li>
            <li>
              <TriangleAlert size={20} />
              {psc.phone.otherNumber[channel]}
            </li>
          </ul>
        </div>
      </div>
      <Failure error={calls.failure} />
      <p className="unseen" id={`${id}-wait`}>
        {psc.waitAnnounced(opening)}
      </p>
      <Timer left={left} inAll={step.secondsInAll}>
        {psc.timeLeft(left)}
      </Timer>
    </Panel>
  )
}
