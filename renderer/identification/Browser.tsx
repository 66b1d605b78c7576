import { Globe, IdCard, Smartphone } from 'lucide-react'
import { useId, useState } from 'react'
import { bridgeOf } from '../ui/bridge.ts'
import type { CardSnapshot } from '../../native/card/states.ts'
import { Button } from '../ui/Button.tsx'
import { CardPill } from '../ui/card/CardPill.tsx'
import { Failure } from '../ui/Failure.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { texts } from '../ui/texts.ts'
import { Timer } from '../ui/Timer.tsx'
import { useCall } from '../ui/useCall.ts'
import { useCountdown } from '../ui/useCountdown.ts'
import { useScanner } from '../ui/useScanner.ts'
import { Heading } from './Heading.tsx'
import { Panel } from './Panel.tsx'
import type { StepProps } from './step.ts'

type BrowserProps = StepProps<'browser'> & { card: CardSnapshot | null }

/** The browser is out: what to do there, how long it is awaited, and the ways to reach it or to give up. */
export function Browser({ attempt, card, step, onCancel }: BrowserProps) {
  const { psc } = texts
  const bridge = bridgeOf('identification')
  const calls = useCall()
  const id = useId()
  const [copied, setCopied] = useState(false)
  const [opening] = useState(step.secondsLeft)
  // Each pushed view says the seconds left anew.
  const left = useCountdown(step.secondsLeft, step) ?? 0
  useScanner()

  const copy = async (): Promise<void> => {
    setCopied(false)
    setCopied((await calls.run(() => bridge.copyLink({ attempt }))) === null)
  }

  return (
    <Panel
      actions={
        <>
          <Button onClick={() => void calls.run(() => bridge.reopenBrowser({ attempt }))}>
            {psc.reopen}
          </Button>
          <Button onClick={() => void copy()}>{psc.copyLink}</Button>
          <Button onClick={onCancel}>{psc.cancel}</Button>
          <LiveRegion kind="status" className="told">
            {copied && psc.linkCopied}
          </LiveRegion>
        </>
      }
    >
      <div className="step-title">
        <Globe size={24} />
        <Heading describedBy={`${id}-hints ${id}-wait`}>{psc.waiting}</Heading>
      </div>
      <Failure error={calls.failure ?? step.failure} />
      <ul className="hints" id={`${id}-hints`}>
        <li>
          <IdCard size={20} />
          {psc.withCard(step.certificate)}
        </li>
        <li>
          <Smartphone size={20} />
          {psc.onPhone(step.serviceName)}
        </li>
      </ul>
      <p className="unseen" id={`${id}-wait`}>
        {psc.waitAnnounced(opening)}
      </p>
      <Timer left={left} inAll={step.secondsInAll}>
        {psc.timeLeft(left)}
      </Timer>
      {step.phone !== null && (
        <div>
          <Button onClick={() => void calls.run(() => bridge.startPhone({ attempt, typed: '' }))}>
            {psc.phone.start[step.phone]}
          </Button>
        </div>
      )}
      {card !== null && <CardPill card={card} bridge={bridge} />}
    </Panel>
  )
}
