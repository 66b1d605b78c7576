import type { BrowserWindow } from 'electron'
import type { ViewOf } from '../ipc/views.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'

const still = { minimizable: false, maximizable: false, fullscreenable: false } as const

/** « Créer le titulaire », over the launcher. */
export function openFirstRun(
  windows: AppWindows,
  near: BrowserWindow,
  pharmacy: string,
): AppWindow<'first-run'> {
  return revealed(
    windows.create({
      role: 'first-run',
      title: texts.firstRun.title,
      width: 620,
      height: 724,
      near,
      view: () => ({ pharmacy }),
      options: { parent: near, ...still },
    }),
  )
}

/** « Fermer Comptoir ? », when modules are still open. */
export function openClosing(
  windows: AppWindows,
  near: BrowserWindow,
  view: () => ViewOf<'closing'>,
): AppWindow<'closing'> {
  return revealed(
    windows.create({
      role: 'closing',
      title: texts.closing.title,
      width: 480,
      height: 300,
      near,
      view,
      options: { parent: near, modal: true, ...still },
    }),
  )
}

/** What keeps Comptoir from starting: the only window there is then. */
export function openFault(windows: AppWindows, view: ViewOf<'fault'>): AppWindow<'fault'> {
  return revealed(
    windows.create({
      role: 'fault',
      title: view.title,
      width: 640,
      // Several faults at once are those of comptoir.json.
      height: view.faults.length > 1 ? 560 : 420,
      near: null,
      view: () => view,
    }),
  )
}

/** « Sauvegarde proposée »: the only window there is then. */
export function openRestore(windows: AppWindows, view: () => ViewOf<'restore'>): AppWindow<'restore'> {
  return revealed(
    windows.create({
      role: 'restore',
      title: texts.restore.title,
      width: 620,
      height: 460,
      near: null,
      view,
      options: { minimizable: true, maximizable: false, fullscreenable: false },
    }),
  )
}

/** Stands in the place of a module's page whose operator has left: nothing of the page can be seen. */
export function openVeil(
  windows: AppWindows,
  page: BrowserWindow,
  view: ViewOf<'veil'>,
  { closed, shown }: { closed: () => void; shown: () => void },
): AppWindow<'veil'> {
  const { width, height } = page.getContentBounds()
  const veil = windows.create({
    role: 'veil',
    title: view.module,
    width,
    height,
    near: page,
    view: () => view,
    options: page.getBounds(),
  })
  veil.window.on('close', (event) => {
    event.preventDefault()
    closed()
  })
  veil.window.once('show', shown)
  veil.reveal('unfocused')
  return veil
}

function revealed<W extends AppWindow>(appWindow: W): W {
  appWindow.reveal('focused')
  return appWindow
}
