import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DiagnosticSite } from '../diagnostic/site.ts'
import type { Handlers } from '../ipc/answer.ts'
import { parseRpps } from '../operators/national-id.ts'
import type { Edition } from '../settings/edition.ts'
import type { Paths } from '../settings/paths.ts'
import type { AppWindow, AppWindows } from '../windows/app-windows.ts'
import { createDiagnosticWindow } from '../windows/diagnostic.ts'
import { screensSeen } from '../windows/screens.ts'
import { createDiagnosticDesk, type DiagnosticDesk } from './diagnostic-desk.ts'
import type { DeskParts } from './desk.ts'
import { knownPsc, liveCard } from './live-site.ts'
import { createReadiness, type ReadinessLine } from './readiness.ts'

/** What tells of the workstation: the launcher's line, and the window « Diagnostic du poste ». */
export type Diagnostics = ReadinessLine & {
  readonly handlers: DiagnosticDesk['handlers'] & Pick<Handlers, 'openDiagnostic'>
}

type Parts = Pick<
  DeskParts,
  'settings' | 'workstation' | 'clock' | 'records' | 'counter' | 'worker' | 'readHead' | 'saveAs' | 'copy'
> & {
  readonly paths: Paths
  readonly edition: Edition
  readonly version: string
  readonly windows: AppWindows
  readonly launcher: AppWindow<'launcher'>
}

export function createDiagnostics(parts: Parts): Diagnostics {
  const { settings, records, counter, windows, launcher } = parts
  const { session } = counter
  const card = liveCard(counter.card)

  const site = async (): Promise<DiagnosticSite> => {
    // Loaded some seconds after the launcher is painted, or when somebody asks.
    const { createDiagnosticSite } = await import('./diagnostic-site.ts')
    await nextTurn()
    const { looksBy } = await import('./diagnostic-looks.ts')
    await nextTurn()
    return createDiagnosticSite({
      ...parts,
      card,
      operatorOf: async (digits) => {
        const rpps = parseRpps(digits)
        return rpps === null ? null : records.operators.byRpps(rpps)
      },
      screens: () => screensSeen(settings.workstation.patientDisplay),
      looks: looksBy(parts.worker),
    })
  }
  const desk = createDiagnosticDesk({
    ...parts,
    session,
    site,
    ended: () => readiness.lookAgain(),
    window: () => window,
  })
  const window = createDiagnosticWindow({ windows, view: desk.view, closed: desk.closed })
  const readiness = createReadiness({
    clock: parts.clock,
    session: { isConnected: () => session.connected() !== null, onChange: session.onChange },
    site: async () => ({ ...(await site()), psc: () => Promise.resolve(knownPsc(counter.psc())) }),
    state: () => ({ card: cardWord(counter.card()), psc: JSON.stringify(counter.psc().state) }),
    changed: () => launcher.push(),
  })

  return {
    ...readiness,
    handlers: {
      ...desk.handlers,
      openDiagnostic: (_, { webContentsId }) => {
        const looking = desk.look()
        window.open(windows.byContents(webContentsId)?.window ?? launcher.window)
        return looking
      },
    },
  }
}

/** What the checks of the reader depend on: not whose card it is. */
function cardWord(snapshot: ReturnType<DeskParts['counter']['card']>): string {
  if (snapshot === null) return 'off'
  const { state, readers } = snapshot
  return state.kind === 'searching' || state.kind === 'reading'
    ? 'passing'
    : `${state.kind} ${readers.length}`
}
