import type { BrowserWindow } from 'electron'
import type { HelpPage, ViewOf } from '../ipc/views.ts'
import { connectionSheetOf } from '../settings/connection-sheet.ts'
import type { Settings } from '../settings/schema.ts'
import { sheetAsText } from '../../renderer/ui/texts/connection-sheet.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'
import { recordingOf } from './views.ts'

/** « Aide »: one window, which goes from page to page. */
export type Help = {
  /** Shows a page, near the window that asks for it. */
  readonly open: (page: HelpPage, near: BrowserWindow) => void
  /** Puts « Fiche de raccordement » on the clipboard. */
  readonly copySheet: () => void
  readonly close: () => void
}

type Parts = {
  windows: AppWindows
  settings: Settings
  version: string
  /** Puts a text on the clipboard. */
  copy: (text: string) => void
}

export function createHelp({ windows, settings, version, copy }: Parts): Help {
  const { support } = settings
  const sheet = connectionSheetOf(settings)
  const recording = recordingOf(settings)
  let shown: AppWindow<'help'> | null = null
  let page: HelpPage = 'card'
  return {
    open: (wanted, near) => {
      page = wanted
      if (shown !== null && !shown.window.isDestroyed()) {
        shown.push()
        return shown.reveal('focused')
      }
      const view = (): ViewOf<'help'> => ({ page, support, sheet, version, recording })
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
    copySheet: () => copy(sheetAsText(texts.help.pages['connection-sheet'], sheet)),
    close: () => {
      shown?.window.destroy()
      shown = null
    },
  }
}
