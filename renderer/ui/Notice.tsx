import { Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from './texts.ts'

/** Each tone has a shape of its own, so that colour is never alone. */
export type Tone = 'info' | 'watch' | 'mend'
const shapes = { info: Info, watch: TriangleAlert, mend: OctagonAlert } as const

type NoticeProps = {
  tone: Tone
  children: ReactNode
  remedy?: string | null
  /** Read over the telephone: always shown when there is one. */
  reference?: string | null
  action?: ReactNode
}

/** What happened, what to do, and the reference. It stands in a live region of the page. */
export function Notice({ tone, children, remedy = null, reference = null, action }: NoticeProps) {
  const Shape = shapes[tone]
  return (
    <div className={`notice ${tone}`}>
      <Shape size={20} />
      <div>
        <p className="what">{children}</p>
        {remedy !== null && <p className="remedy">{remedy}</p>}
        {reference !== null && reference !== '' && (
          <p className="reference nowrap">{texts.reference(reference)}</p>
        )}
      </div>
      {action}
    </div>
  )
}
