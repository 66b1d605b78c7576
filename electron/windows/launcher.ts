import { app, type BrowserWindow } from 'electron'
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
  /** Once it was shown and has drawn a frame. */
  readonly firstFrame: Promise<void>
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
  newer: () => null,
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
    options: {
      minWidth: 480,
      minHeight: 400,
      // A hidden page that paints stops before its script, until the GPU process is there to paint for it (measured:
      // 100 ms); this one is ready by then.
      paintWhenInitiallyHidden: false,
    },
  })
  return {
    launcher,
    firstFrame: firstFrameOf(launcher.window),
    drawFrom: (source) => {
      const { pharmacy, workstation } = source.settings
      const first = view === null
      view = () => launcherView(source)
      if (!first) return launcher.push()
      launcher.setTitle(texts.launcher.title(pharmacy.name ?? texts.pharmacy))
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

/** A window that is covered may draw none. */
const patienceMs = 1000
const frame = 'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))'

function firstFrameOf(window: BrowserWindow): Promise<void> {
  return new Promise((resolve) => {
    window.once('show', () => {
      setTimeout(resolve, patienceMs)
      window.webContents.executeJavaScript(frame).then(
        () => resolve(),
        () => resolve(),
      )
    })
  })
}
