import type { ViewOf } from '../../electron/ipc/views.ts'
import { texts } from '../ui/texts.ts'
import { useTitle } from '../ui/useTitle.ts'

/** « Diagnostic du poste ». */
export function Diagnostic({ view }: { view: ViewOf<'diagnostic'> }) {
  useTitle(texts.builtIn.diagnostic)
  return <main>{view.workstation}</main>
}
