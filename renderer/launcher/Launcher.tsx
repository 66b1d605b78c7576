import type { ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { texts } from '../ui/texts.ts'
import { useTitle } from '../ui/useTitle.ts'
import { useTouch } from '../ui/useTouch.ts'
import { LockScreen } from './LockScreen.tsx'
import { Workplace } from './Workplace.tsx'

type View = ViewOf<'launcher'>

/** The whole launcher: the workplace, or nothing but the lock. */
export function Launcher({ view }: { view: View }) {
  useTitle(texts.launcher.title(view.pharmacy))
  useTouch((touch) => void bridgeOf('launcher').usesTouch({ touch }))
  const { session } = view
  return session.kind === 'locked' ? (
    <LockScreen
      key={session.operator.code}
      pharmacy={view.pharmacy}
      operator={session.operator}
      reason={session.reason}
      idleMinutes={session.idleMinutes}
      suspended={view.suspended}
      switchShortcut={view.switchShortcut}
      psc={view.psc.state}
    />
  ) : (
    <Workplace view={view} session={session} />
  )
}
