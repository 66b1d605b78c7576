import type { BrowserWindow } from 'electron'
import type { HelpPage, ViewOf } from '../ipc/views.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'

/** « Aide »: one window, which goes from page to page. */
export type Help = {
  /** Shows a page, near the window that asks for it. */
  readonly open: (page: HelpPage, near: BrowserWindow) => void
  readonly close: () => void
}

export function createHelp(windows: AppWindows, support: ViewOf<'help'>['support']): Help {
  let shown: AppWindow<'help'> | null = null
  let page: HelpPage = 'card'
  return {
    open: (wanted, near) => {
      page = wanted
      if (shown !== null && !shown.window.isDestroyed()) {
        shown.push()
        return shown.reveal('focused')
      }
      const view = (): ViewOf<'help'> => ({ page, support })
      const options = { minWidth: 480, minHeight: 400, fullscreenable: false }
      shown = windows.create({
        role: 'help',
        title: texts.help.title,
        width: 760,
        height: 720,
        near,
        view,
        options,
      })
      shown.reveal('focused')
    },
    close: () => {
      shown?.window.destroy()
      shown = null
    },
  }
}
