import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  nativeTheme,
  type BrowserWindowConstructorOptions,
  type RenderProcessGoneDetails,
} from 'electron'
import type { Numbered } from '../ipc/contract.ts'
import { viewMessage } from '../ipc/wire.ts'
import type { ViewOf, WindowRole } from '../ipc/views.ts'
import type { Edition } from '../settings/edition.ts'
import { testPackageTexts } from '../../renderer/ui/texts/edition.ts'
import { place } from './placement.ts'
import { createRevealing } from './revealing.ts'
import { forbidNavigation, hardened } from './security.ts'
import { windowIcon } from './window-icon.ts'

/** One of our windows: a page of `app://`, its preload and its view. */
export type AppWindow<R extends WindowRole = WindowRole> = {
  readonly role: R
  readonly window: BrowserWindow
  readonly setTitle: (title: string) => void
  readonly view: () => ViewOf<R>
  /** Sends the view as it is now to the page. */
  readonly push: () => void
  /** The view as it is now, with how many were pushed before. */
  readonly numbered: () => Numbered<R>
  /** Shows the window as soon as its page has drawn the view as it is now. */
  readonly reveal: (manner: 'focused' | 'unfocused') => void
  readonly hide: () => void
  /** The page says that it has drawn the view of this number. */
  readonly drawn: (number: number) => void
}

/** Electron's word for how a page crashed. */
export type CrashReason = Exclude<RenderProcessGoneDetails['reason'], 'clean-exit'>
/** Told when the page of a window crashes. */
export type CrashListener = (window: AppWindow, reason: CrashReason) => void

export type AppWindows = {
  readonly roleOf: (webContentsId: number) => WindowRole | null
  /** The window that holds these web contents, or null. */
  readonly byContents: (webContentsId: number) => AppWindow | null
  /** A title as this edition of Comptoir shows it. */
  readonly titled: (title: string) => string
  /** Creates a hidden window of `role`, placed near `near`, never on the screen turned to patients. */
  readonly create: <R extends WindowRole>(spec: WindowSpec<R>) => AppWindow<R>
  /** From now on, no window is placed on the screen turned to patients. */
  readonly avoid: (patientDisplay: string | number | null) => void
  /** Who is told of a crash from now on; until then, it ends the program. */
  readonly onCrash: (listener: CrashListener) => void
}

export type WindowSpec<R extends WindowRole> = {
  role: R
  title: string
  /** Size of the page at 100 %, in device-independent pixels. */
  width: number
  height: number
  view: () => ViewOf<R>
  near: BrowserWindow | null
  options?: BrowserWindowConstructorOptions
}

type Parts = {
  /** What the build has made. */
  dist: string
  edition: Edition
}

export function createAppWindows({ dist, edition }: Parts): AppWindows {
  const known = new Map<number, AppWindow>()
  let patientDisplay: string | number | null = null
  let tellCrash: CrashListener = giveUp
  const titled = (title: string): string =>
    edition === 'test-package' ? testPackageTexts.title(title) : title

  const create = <R extends WindowRole>({
    role,
    title,
    width,
    height,
    view,
    near,
    options = {},
  }: WindowSpec<R>): AppWindow<R> => {
    const window = new BrowserWindow({
      title: titled(title),
      ...place({ width, height }, near, patientDisplay),
      ...windowIcon(),
      useContentSize: true,
      show: false,
      autoHideMenuBar: true,
      // No white flash before the first paint: the page's own background.
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#121715' : '#f4f6f4',
      ...options,
      webPreferences: {
        ...hardened,
        preload: join(dist, 'preload', `${role}.cjs`),
        devTools: !app.isPackaged,
        // A hidden window is painted too, so that showing it is immediate.
        backgroundThrottling: false,
      },
    })
    const { webContents } = window
    const { id } = webContents
    forbidNavigation(webContents)
    const revealing = createRevealing(window)
    const appWindow: AppWindow<R> = {
      role,
      window,
      setTitle: (next) => window.setTitle(titled(next)),
      view,
      push: () => {
        if (window.isDestroyed()) return
        revealing.pushed()
        webContents.send(viewMessage, appWindow.numbered())
      },
      numbered: () => ({ number: revealing.number(), view: view() }),
      reveal: revealing.reveal,
      hide: revealing.hide,
      drawn: revealing.drawn,
    }
    known.set(id, appWindow)
    window.on('closed', () => known.delete(id))
    window.on('page-title-updated', (event) => event.preventDefault())
    webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') tellCrash(appWindow, reason)
    })
    // A window that is destroyed before its page is there was not wanted any more.
    void window.loadURL(`app://comptoir/${role}/index.html`).catch(() => undefined)
    return appWindow
  }

  return {
    titled,
    create,
    avoid: (display) => {
      patientDisplay = display
    },
    onCrash: (listener) => {
      tellCrash = listener
    },
    roleOf: (webContentsId) => known.get(webContentsId)?.role ?? null,
    byContents: (webContentsId) => known.get(webContentsId) ?? null,
  }
}

/** Before there is anything to lose. 69, in sysexits: a service is unavailable. */
function giveUp(): void {
  app.exit(69)
}
