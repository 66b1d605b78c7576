import type { BrowserWindow } from 'electron'
import type { ViewOf } from '../ipc/views.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'

/** « Diagnostic du poste »: one window, which belongs to no operator. */
export type DiagnosticWindow = {
  /** Shows it, near the window that asks for it. */
  readonly open: (near: BrowserWindow) => void
  /** Draws it again, where it is open. */
  readonly push: () => void
  /** Over which the system asks for a file; null while it is closed. */
  readonly window: () => BrowserWindow | null
}

type Parts = {
  windows: Pick<AppWindows, 'create'>
  view: () => ViewOf<'diagnostic'>
  closed: () => void
}

export function createDiagnosticWindow({ windows, view, closed }: Parts): DiagnosticWindow {
  let shown: AppWindow<'diagnostic'> | null = null
  const create = (near: BrowserWindow): AppWindow<'diagnostic'> => {
    const made = windows.create({
      role: 'diagnostic',
      title: texts.builtIn.diagnostic,
      width: 940,
      height: 760,
      near,
      view,
      options: { minWidth: 480, minHeight: 400, fullscreenable: false },
    })
    made.window.once('closed', () => {
      shown = null
      closed()
    })
    return made
  }
  return {
    open: (near) => {
      shown ??= create(near)
      shown.reveal('focused')
    },
    push: () => shown?.push(),
    window: () => shown?.window ?? null,
  }
}
