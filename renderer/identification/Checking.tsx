import { Globe } from 'lucide-react'
import { Button } from '../ui/Button.tsx'
import { texts } from '../ui/texts.ts'
import { useScanner } from '../ui/useScanner.ts'
import { Heading } from './Heading.tsx'
import { Panel } from './Panel.tsx'

/** The browser is back and its answer is verified: usually over before it can be read, and drawn only when it is not. */
export function Checking({ onCancel }: { onCancel: () => void }) {
  useScanner()
  return (
    <Panel actions={<Button onClick={onCancel}>{texts.psc.cancel}</Button>}>
      <div className="step-title late">
        <Globe size={24} />
        <Heading>{texts.psc.checking}</Heading>
      </div>
    </Panel>
  )
}
