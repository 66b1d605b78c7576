import type { BrowserWindow } from 'electron'
import { displayName, type Operator } from '../operators/operator.ts'
import { hasPscLevel, type HeldSession } from '../session/session.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'
import { openVeil } from './dialogs.ts'
import { place } from './placement.ts'
import type { Module } from '../modules/module.ts'
import type { PageEvents, PageHandle } from '../modules/modules.ts'
import { openModulePage, type ModulePage } from './module-page.ts'

type Page = {
  readonly module: Module
  readonly operator: Operator | null
  readonly page: ModulePage
  veil: AppWindow<'veil'> | null
}

export type Pages = {
  readonly open: (module: Module, operator: Operator | null, events: PageEvents) => PageHandle
  /**
   * Veils the pages whose operator is not the one connected, or no longer has the Pro Santé Connect that the module
   * asks for; shows again those whose operator is back. Returns the modules that have just been veiled.
   */
  readonly follow: (connected: HeldSession | null) => readonly Page[]
  /** The page behind a veil, by the web contents of the veil. */
  readonly behind: (webContentsId: number) => Page | null
  /** Gives every page up: they follow nobody any more, and the function returned closes them without a question. */
  readonly release: () => () => void
  /** Called when something is typed or pointed at in a page. */
  readonly onInput: (listener: () => void) => void
}

/** Input that somebody means; a pointer that passes over the page is not. */
const meant = new Set<string>(['mouseDown', 'mouseWheel', 'rawKeyDown', 'keyDown', 'touchStart'])

type Parts = {
  windows: AppWindows
  near: BrowserWindow
  patientDisplay: string | number | null
  /** A veil has just come to the front. */
  veiled: () => void
}

function isAway({ module, operator }: Page, connected: HeldSession | null): boolean {
  if (operator === null) return false
  return operator.id !== connected?.operator.id || (module.access === 'psc' && !hasPscLevel(connected))
}

/** The pages of the web modules, each under its veil while its operator is away. */
export function createPages({ windows, near, patientDisplay, veiled }: Parts): Pages {
  const pages = new Set<Page>()
  const listeners: (() => void)[] = []

  const unveil = (entry: Page): void => {
    entry.veil?.window.destroy()
    entry.veil = null
  }

  const open: Pages['open'] = (module, operator, events) => {
    if (module.launch.kind !== 'window') throw new Error('not a web module')
    const { url, origins = [new URL(url).origin] } = module.launch
    const page = openModulePage({
      label: module.label,
      url,
      origins,
      partition: `module-${module.id}-${operator?.id ?? 'personne'}`,
      bounds: place({ width: 1200, height: 800 }, near, patientDisplay),
      onRefusedOrigin: events.onRefusedOrigin,
      onRefusedDownload: events.onRefusedDownload,
      onFailure: events.onFailure,
    })
    const entry: Page = { module, operator, page, veil: null }
    pages.add(entry)
    page.window.once('ready-to-show', () => {
      if (entry.veil === null) page.window.show()
    })
    page.window.webContents.on('input-event', (_event, { type }) => {
      if (!meant.has(type)) return
      for (const listener of listeners) listener()
    })
    page.window.on('closed', () => {
      pages.delete(entry)
      unveil(entry)
      events.onClosed(page.everLoaded())
    })
    return {
      show: () => {
        const { window } = entry.veil ?? page
        window.show()
        window.focus()
      },
      close: page.close,
    }
  }

  return {
    open,
    follow: (connected) => {
      const gone: Page[] = []
      for (const entry of pages) {
        const away = isAway(entry, connected)
        if (away && entry.veil === null) {
          gone.push(entry)
          const name = entry.operator === null ? '' : displayName(entry.operator)
          const view = { module: entry.module.label, operator: name }
          entry.veil = openVeil(windows, entry.page.window, view, { closed: entry.page.close, shown: veiled })
          entry.page.window.hide()
        } else if (!away && entry.veil !== null) {
          entry.page.window.showInactive()
          // In a turn of its own: both hold the main process for some milliseconds.
          const { veil } = entry
          entry.veil = null
          setImmediate(() => veil.window.destroy())
        }
      }
      return gone
    },
    behind: (webContentsId) =>
      [...pages].find(({ veil }) => veil?.window.webContents.id === webContentsId) ?? null,
    release: () => {
      const released = [...pages]
      pages.clear()
      return () => {
        for (const { page } of released) page.window.destroy()
      }
    },
    onInput: (listener) => listeners.push(listener),
  }
}
