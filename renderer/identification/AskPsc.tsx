import { useLayoutEffect, useRef, useState } from 'react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { Button } from '../ui/Button.tsx'
import { CardPill } from '../ui/card/CardPill.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { Notice } from '../ui/Notice.tsx'
import { PscNotice } from '../ui/psc/PscNotice.tsx'
import { texts } from '../ui/texts.ts'
import { useCall } from '../ui/useCall.ts'
import { useScanner } from '../ui/useScanner.ts'
import { ByPsc } from './ByPsc.tsx'
import { Expectation } from './Expectation.tsx'
import { Panel } from './Panel.tsx'
import type { StepProps } from './step.ts'
import { WithoutCode } from './WithoutCode.tsx'

type AskPscProps = StepProps<'ask'> & { view: ViewOf<'identification'> }

/** Pro Santé Connect and nothing else: its button has the focus, whatever happened before. */
export function AskPsc({ attempt, view, step, onCancel }: AskPscProps) {
  const calls = useCall('single')
  const button = useRef<HTMLButtonElement>(null)
  const [barcode, setBarcode] = useState(false)
  useScanner((field) => setBarcode(field !== null))
  useLayoutEffect(() => button.current?.focus(), [])
  return (
    <Panel actions={<Button onClick={onCancel}>{texts.psc.cancel}</Button>}>
      <h2>{texts.psc.only(view.module)}</h2>
      <Expectation expected={view.expected} roles={view.roles} byCode={false} />
      <ByPsc
        attempt={attempt}
        calls={calls}
        button={button}
        failure={step.failure}
        notice={<PscNotice state={view.psc} otherwise={null} />}
        phone={step.phone}
        who={view.expected === null ? 'own' : null}
      />
      {step.newcomer !== 'no' && (
        <div className="links">
          <WithoutCode attempt={attempt} calls={calls} leads={step.newcomer} />
        </div>
      )}
      <LiveRegion kind="status">
        {barcode && <Notice tone="watch">{texts.identification.barcode}</Notice>}
      </LiveRegion>
      {view.card !== null && <CardPill card={view.card} bridge={bridgeOf('identification')} />}
    </Panel>
  )
}
