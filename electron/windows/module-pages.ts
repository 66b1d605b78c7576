import { dialog, type BrowserWindow } from 'electron'
import { displayName, type Operator } from '../operators/operator.ts'
import { hasPscLevel, type HeldSession } from '../session/session.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'
import { texts } from '../../renderer/ui/texts.ts'
import { openVeil } from './dialogs.ts'
import type { AskToLeave } from './leaving-page.ts'
import { place } from './placement.ts'
import type { ModuleSession } from '../module-session/module-session.ts'
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
  /** `told`: what it is told of who is connected, where the settings grant it. */
  readonly open: (
    module: Module,
    operator: Operator | null,
    events: PageEvents,
    told: ModuleSession | null,
  ) => PageHandle
  /**
   * Veils the pages whose operator is not the one connected, or no longer has the Pro Santé Connect that the module
   * asks for; shows again those whose operator is back. Returns the modules that have just been veiled.
   */
  readonly follow: (connected: HeldSession | null) => readonly Page[]
  /** The page behind a veil, by the web contents of the veil. */
  readonly behind: (webContentsId: number) => Page | null
  /**
   * Closes them one after the other; those that hold unsaved work are asked about first, in front of whoever is there.
   * Resolves to false as soon as one is kept: those after it stay too.
   */
  readonly closeAll: () => Promise<boolean>
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
  /** The screen turned to patients, as the settings have it now. */
  patientDisplay: () => string | number | null
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

  const open: Pages['open'] = (module, operator, events, told) => {
    if (module.launch.kind !== 'window') throw new Error('not a web module')
    const { url, origins = [new URL(url).origin] } = module.launch
    const page = openModulePage({
      title: windows.titled(module.label),
      url,
      origins,
      partition: `module-${module.id}-${operator?.id ?? 'personne'}`,
      bounds: place({ width: 1200, height: 800 }, near, patientDisplay()),
      answerSession: told === null ? null : (request) => told.answerPage(origins, request),
      askToLeave: (why, signal) => askToLeave(entry, why, signal),
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
      close: () => void page.close(),
    }
  }

  return {
    open,
    follow: (connected) => {
      const gone = [...pages].filter((entry) => isAway(entry, connected) && entry.veil === null)
      const back = [...pages].filter((entry) => !isAway(entry, connected) && entry.veil !== null)
      // Over a page that nobody sees any more, nobody would find it; and what somebody else was asked before the veil is
      // no longer theirs to answer once its operator is back.
      for (const { page } of [...gone, ...back]) page.withdraw()
      // Nothing stays to be seen, whatever becomes of the veils.
      for (const { page } of gone) page.window.hide()
      for (const entry of gone) {
        const name = entry.operator === null ? '' : displayName(entry.operator)
        const view = { module: entry.module.label, operator: name }
        entry.veil = openVeil(windows, entry.page.window, view, {
          closed: () => void entry.page.close(),
          shown: veiled,
        })
      }
      for (const entry of back) {
        entry.page.window.showInactive()
        // In a turn of its own: both hold the main process for some milliseconds.
        const { veil } = entry
        entry.veil = null
        setImmediate(() => veil?.window.destroy())
      }
      return gone
    },
    behind: (webContentsId) =>
      [...pages].find(({ veil }) => veil?.window.webContents.id === webContentsId) ?? null,
    closeAll: async () => {
      for (const { page } of pages) if (!(await page.close())) return false
      return true
    },
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

/** Asks before the veil where its operator has left: what the page shows stays hidden. */
async function askToLeave(
  { module, operator, page, veil }: Page,
  ...[why, signal]: Parameters<AskToLeave>
): Promise<boolean> {
  const words = texts.unsaved
  const { window } = veil ?? page
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: words.question(module.label, veil === null || operator === null ? null : displayName(operator)),
    detail: words.detail[why],
    buttons: [words.leave, words.stay],
    // Escape, and Enter without reading, lose nothing.
    defaultId: 1,
    cancelId: 1,
    noLink: true,
    signal,
  })
  return response === 0
}
