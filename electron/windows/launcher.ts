import { app } from 'electron'
import type { ViewOf } from '../ipc/views.ts'
import { nobody } from '../session/session.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'
import { place } from './placement.ts'
import { launcherView, type LauncherSource } from './views.ts'

/** The launcher, whose page is loaded before the rest of the program is. */
export type EarlyLauncher = {
  readonly launcher: AppWindow<'launcher'>
  /** Gives it what it shows; the first time, it is then shown as soon as its page has drawn it. */
  readonly drawFrom: (source: LauncherSource) => void
}

/** What the launcher shows until the database is open: nobody is connected, and calls wait. */
export const nobodyYet = {
  session: { state: () => nobody, connected: () => null, endingSoon: () => false },
  openModules: { byId: () => null },
  firstRun: () => false,
  notice: () => null,
  untold: () => false,
  readiness: () => null,
  switchShortcut: () => null,
} satisfies Partial<LauncherSource>

const size = { width: 1060, height: 640 }

export function createLauncher(windows: AppWindows): EarlyLauncher {
  let view: (() => ViewOf<'launcher'>) | null = null
  const launcher = windows.create({
    role: 'launcher',
    title: app.name,
    ...size,
    near: null,
    view: () => (view ?? nothingYet)(),
    options: { minWidth: 480, minHeight: 400 },
  })
  return {
    launcher,
    drawFrom: (source) => {
      const { pharmacy, workstation } = source.settings
      const first = view === null
      view = () => launcherView(source)
      if (!first) return launcher.push()
      launcher.window.setTitle(texts.launcher.title(pharmacy.name ?? texts.pharmacy))
      if (workstation.patientDisplay !== null) {
        launcher.window.setBounds(place(size, null, workstation.patientDisplay))
      }
      return launcher.reveal('focused')
    },
  }
}

/** The contract answers no window before `drawFrom`. */
function nothingYet(): ViewOf<'launcher'> {
  throw new Error('the launcher has nothing to show yet')
}
