import { CircleMinus } from 'lucide-react'
import type { ViewOf } from '../../electron/ipc/views.ts'
import { Clamped } from '../ui/Person.tsx'
import { texts } from '../ui/texts.ts'

type HeaderProps = Pick<ViewOf<'launcher'>, 'pharmacy' | 'workstation' | 'psc'>

/** The officine, the workstation, and Pro Santé Connect when this workstation is without. */
export function Header({ pharmacy, workstation, psc }: HeaderProps) {
  return (
    <header className="bar">
      <div className="place">
        <h1>
          <Clamped text={pharmacy} />
        </h1>
        <p className="workstation">{workstation}</p>
      </div>
      {psc === 'off' && (
        <p className="pill">
          <CircleMinus size={18} />
          {texts.psc.off}
        </p>
      )}
    </header>
  )
}
