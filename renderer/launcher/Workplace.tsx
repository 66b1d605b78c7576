import type { SessionView, ViewOf } from '../../electron/ipc/views.ts'
import { bridgeOf } from '../ui/bridge.ts'
import { texts } from '../ui/texts.ts'
import { testPackageTexts } from '../ui/texts/edition.ts'
import { updateTexts } from '../ui/texts/updates.ts'
import { useCall } from '../ui/useCall.ts'
import { useScanner } from '../ui/useScanner.ts'
import { BuiltIn } from './BuiltIn.tsx'
import { Header } from './Header.tsx'
import { ModuleGrid } from './ModuleGrid.tsx'
import { Notices } from './Notices.tsx'
import { OperatorArea } from './OperatorArea.tsx'
import { Ready, ToDo } from './Readiness.tsx'

type WorkplaceProps = {
  view: ViewOf<'launcher'>
  session: Exclude<SessionView, { kind: 'locked' }>
}

/** Everything but the lock: who is there, what there is to say, the modules. */
export function Workplace({ view, session }: WorkplaceProps) {
  const bridge = bridgeOf('launcher')
  const calls = useCall()
  const open = (id: string): void => void calls.run(() => bridge.openModule({ id }))
  const openDiagnostic = (): void => void calls.run(() => bridge.openDiagnostic())
  // No field here: what a scanner types must not press the tile that has the focus.
  useScanner()
  return (
    <div className="launcher">
      <Header pharmacy={view.pharmacy} workstation={view.workstation} psc={view.psc} card={view.card} />
      <OperatorArea
        session={session}
        suspended={view.suspended}
        switchShortcut={view.switchShortcut}
        calls={calls}
        firstRun={view.firstRun}
      />
      <main className="workplace">
        <Notices view={view} calls={calls} />
        <ModuleGrid modules={view.modules} onOpen={open} />
        <BuiltIn
          pages={view.builtIn}
          onOpen={open}
          onDiagnostic={openDiagnostic}
          onAbout={() => void calls.run(() => bridge.openHelp({ page: 'about' }))}
          onCloseDay={
            session.kind === 'none' && view.suspended === 0
              ? null
              : () => void calls.run(() => bridge.closeDay())
          }
        />
      </main>
      <ToDo readiness={view.readiness} onOpen={openDiagnostic} />
      <footer className="footer">
        <span>{texts.launcher.version(view.version)}</span>
        {view.testPackage && <span>{testPackageTexts.footer}</span>}
        {view.newer !== null && <span>{updateTexts.exists(view.newer)}</span>}
        <Ready readiness={view.readiness} />
        {view.support !== null && (view.support.name !== null || view.support.phone !== null) && (
          <span>{texts.launcher.support(view.support.name, view.support.phone)}</span>
        )}
      </footer>
    </div>
  )
}
