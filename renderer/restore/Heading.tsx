import { OctagonAlert } from 'lucide-react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { texts } from '../ui/texts.ts'

/** What happened, the reference and whom to call. */
export function Heading({ view }: { view: ViewOf<'restore'> }) {
  const { database, reference, support } = view
  return (
    <div className="restore-title">
      <OctagonAlert size={28} strokeWidth={1.75} />
      <div>
        <h1>{texts.restore.what[database]}</h1>
        <p className="telephone">
          <span className="nowrap">{texts.reference(reference)}</span>
          {support !== null && <span>{texts.launcher.support(support.name, support.phone)}</span>}
        </p>
      </div>
    </div>
  )
}
