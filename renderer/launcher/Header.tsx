import { CircleMinus } from 'lucide-react'
import { Clamped } from '../ui/Person.tsx'
import { texts } from '../ui/texts.ts'

type HeaderProps = { pharmacy: string; workstation: string }

/** The officine, the workstation, and Pro Santé Connect as this workstation has it. */
export function Header({ pharmacy, workstation }: HeaderProps) {
  return (
    <header className="bar">
      <div className="place">
        <h1>
          <Clamped text={pharmacy} />
        </h1>
        <p className="workstation">{workstation}</p>
      </div>
      <p className="pill">
        <CircleMinus size={18} />
        {texts.psc.off}
      </p>
    </header>
  )
}
