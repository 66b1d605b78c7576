import { useState } from 'react'
import { bridgeOf } from '../ui/bridge.ts'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { Notice } from '../ui/Notice.tsx'
import { texts } from '../ui/texts.ts'
import type { Calls } from '../ui/useCall.ts'
import type { StepOf } from './step.ts'

type WithoutCodeProps = { attempt: number; calls: Calls; leads: StepOf<'ask'>['newcomer'] }

/** « Je n'ai pas de code opérateur »: Pro Santé Connect says who it is, or else the titulaire is to be seen. */
export function WithoutCode({ attempt, calls, leads }: WithoutCodeProps) {
  const words = texts.newcomer
  const [told, setTold] = useState(false)
  if (leads === 'no') return null
  const start = (): void => {
    if (leads === 'titulaire') setTold(true)
    else if (attempt !== 0) void calls.run(() => bridgeOf('identification').startNewcomer({ attempt }))
  }
  return (
    <>
      <button type="button" className="link" onClick={start}>
        {words.link}
      </button>
      <LiveRegion kind="status" className="without-code">
        {told && <Notice tone="info">{words.seeTitulaire}</Notice>}
      </LiveRegion>
    </>
  )
}
