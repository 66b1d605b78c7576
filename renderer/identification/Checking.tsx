import { Globe } from 'lucide-react'
import { Button } from '../ui/Button.tsx'
import { texts } from '../ui/texts.ts'
import { useScanner } from '../ui/useScanner.ts'
import { Heading } from './Heading.tsx'
import { Panel } from './Panel.tsx'

/** The browser is back and its answer is being verified: main shows it only when that takes time. */
export function Checking({ onCancel }: { onCancel: () => void }) {
  useScanner()
  return (
    <Panel actions={<Button onClick={onCancel}>{texts.psc.cancel}</Button>}>
      <div className="step-title">
        <Globe size={24} />
        <Heading>{texts.psc.checking}</Heading>
      </div>
    </Panel>
  )
}
