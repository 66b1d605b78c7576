import { CircleCheck, Globe, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { Bridge } from '../../../electron/ipc/contract.ts'
import type { PscSnapshot } from '../../../electron/psc/state.ts'
import { Details } from '../pill/Details.tsx'
import { Facts } from '../pill/Facts.tsx'
import { Pill, useOpening } from '../pill/Pill.tsx'
import { Said } from '../pill/Said.tsx'
import { texts } from '../texts.ts'
import './psc-state.css'

/** Each tone has a shape of its own, so that colour is never alone. */
const shapes = { neutral: Globe, fine: CircleCheck, watch: TriangleAlert, mend: OctagonAlert } as const

type PscPillProps = { psc: PscSnapshot; openHelp: Bridge<'launcher'>['openHelp'] }

/** Pro Santé Connect in a few words; pressed, what that means, what to do, and which service it is. */
export function PscPill({ psc, openHelp }: PscPillProps) {
  const words = texts.psc
  const said = words.state(psc.state)
  const Shape = shapes[said.tone]
  const opening = useOpening(said.text)
  return (
    <Pill about="psc" lines="two-lines" text={said.text} tone={said.tone} Shape={Shape} opening={opening}>
      <Details
        title={words.details}
        announced={opening.announced}
        said={<Said {...said} Shape={Shape} />}
        help={{ page: 'psc', words: words.help }}
        openHelp={openHelp}
        onClose={opening.onClose}
      >
        <Facts facts={words.facts(psc)} />
      </Details>
    </Pill>
  )
}
