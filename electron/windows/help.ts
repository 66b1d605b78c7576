import { screen, type BrowserWindow, type Rectangle } from 'electron'
import type { HelpPage, ViewOf } from '../ipc/views.ts'
import { connectionSheetOf, type ConnectionSheet } from '../settings/connection-sheet.ts'
import type { Settings } from '../settings/schema.ts'
import type { NewerVersion } from '../updates/newer-version.ts'
import { sheetAsText } from '../../renderer/ui/texts/connection-sheet.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'
import { recordingOf } from './views.ts'

/** « Aide »: one window, which goes from page to page. */
export type Help = {
  /** Shows a page, near the window that asks for it; beside it, where that one stays above everything. */
  readonly open: (page: HelpPage, near: BrowserWindow | null) => void
  /** Puts « Fiche de raccordement » on the clipboard. */
  readonly copySheet: () => void
  readonly close: () => void
}

const size = { width: 1000, height: 740 }
const smallest = { width: 480, height: 400 }

type Parts = {
  windows: AppWindows
  settings: Pick<Settings, 'support' | 'pharmacy' | 'psc' | 'journal'>
  /** A Comptoir that is known to be newer. */
  newer: () => NewerVersion | null
  /** Puts a text on the clipboard. */
  copy: (text: string) => void
}

export function createHelp({ windows, settings, newer, copy }: Parts): Help {
  const sheet = (): ConnectionSheet => connectionSheetOf(settings)
  let shown: AppWindow<'help'> | null = null
  let page: HelpPage = 'card'
  return {
    open: (wanted, near) => {
      page = wanted
      if (shown !== null && !shown.window.isDestroyed()) {
        shown.push()
        return shown.reveal('focused')
      }
      const view = (): ViewOf<'help'> => ({
        page,
        support: settings.support,
        sheet: sheet(),
        newer: newer(),
        recording: recordingOf(settings),
      })
      const aside = near?.isAlwaysOnTop() === true ? besides(near) : {}
      const options = {
        minWidth: smallest.width,
        minHeight: smallest.height,
        fullscreenable: false,
        ...aside,
      }
      shown = windows.create({
        role: 'help',
        title: texts.help.title,
        ...size,
        near,
        view,
        options,
      })
      shown.reveal('focused')
    },
    copySheet: () => copy(sheetAsText(texts.help.pages['connection-sheet'], sheet())),
    close: () => {
      shown?.window.destroy()
      shown = null
    },
  }
}

/** Clear of a window that stays above everything, as far as its screen is wide enough: it goes on being read. */
function besides(above: BrowserWindow): Partial<Rectangle> {
  const { x, width: taken } = above.getBounds()
  const { workArea: area } = screen.getDisplayMatching(above.getBounds())
  const [left, right] = [x - area.x, area.x + area.width - x - taken]
  const width = Math.min(size.width, Math.max(smallest.width, left, right), area.width)
  return {
    width,
    x: left >= right ? Math.max(area.x, x - width) : Math.min(x + taken, area.x + area.width - width),
  }
}
