import type { BrowserWindow } from 'electron'
import type { ViewOf } from '../ipc/views.ts'
import { builtInModules, mayOpen, type BuiltInPage } from '../modules/module.ts'
import type { Operator } from '../operators/operator.ts'
import { heldIn, type SessionState } from '../session/session.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'

/** Comptoir's own pages, each open in the name of one operator and seen while that one is connected. */
export type BuiltInWindows = {
  readonly open: (page: BuiltInPage, operator: Operator, onClosed: () => void) => BuiltInHandle
  /** Shows, hides or closes each page, as `fateOf` says. */
  readonly follow: (state: SessionState) => void
  /** In whose name the window with these web contents is open. */
  readonly ownerOf: (webContentsId: number) => Operator | null
  /** Draws the open window of a page again. */
  readonly push: (page: BuiltInPage) => void
  /** The open window of a page, over which the system asks for a file. */
  readonly windowOf: (page: BuiltInPage) => BrowserWindow | null
}
export type BuiltInHandle = { readonly show: () => void; readonly close: () => void }

/** What each page shows to the operator in whose name it is open. */
export type BuiltInViews = { readonly [P in BuiltInPage]: (operator: Operator) => ViewOf<P> }

const sizes: Record<BuiltInPage, { width: number; height: number }> = {
  operators: { width: 1080, height: 720 },
  journal: { width: 1180, height: 760 },
  connections: { width: 820, height: 680 },
}

type Open = { readonly page: BuiltInPage; readonly operator: Operator; readonly appWindow: AppWindow }

export function createBuiltInWindows({
  windows,
  near,
  views,
}: {
  windows: AppWindows
  near: BrowserWindow
  views: BuiltInViews
}): BuiltInWindows {
  const all = new Set<Open>()
  const byPage = (page: BuiltInPage): Open | undefined => [...all].find((open) => open.page === page)

  return {
    open: (page, operator, onClosed) => {
      const appWindow = windows.create({
        role: page,
        title: texts.builtIn[page],
        ...sizes[page],
        near,
        view: () => views[page](operator),
        options: { minWidth: 480, minHeight: 400, fullscreenable: false },
      })
      const open: Open = { page, operator, appWindow }
      all.add(open)
      appWindow.window.on('closed', () => {
        all.delete(open)
        onClosed()
      })
      appWindow.reveal('focused')
      return {
        show: () => appWindow.reveal('focused'),
        close: () => appWindow.window.destroy(),
      }
    },
    follow: (state) => {
      for (const { page, operator, appWindow } of all) {
        const fate = fateOf(page, operator, state)
        if (fate === 'closed') appWindow.window.destroy()
        else if (fate === 'hidden') appWindow.hide()
        else if (!appWindow.window.isVisible()) appWindow.reveal('unfocused')
      }
    },
    ownerOf: (webContentsId) =>
      [...all].find(({ appWindow }) => appWindow.window.webContents.id === webContentsId)?.operator ?? null,
    push: (page) => byPage(page)?.appWindow.push(),
    windowOf: (page) => byPage(page)?.appWindow.window ?? null,
  }
}

/**
 * What becomes of a page that is open in the name of an operator: closed once their session is over or, as they now are,
 * they may no longer open it; hidden while they are not connected.
 */
export function fateOf(
  page: BuiltInPage,
  { id }: Operator,
  { session, suspended }: SessionState,
): 'shown' | 'hidden' | 'closed' {
  const held = [heldIn(session), ...suspended].find((each) => each?.operator.id === id) ?? null
  if (held === null || !mayOpenPage(held.operator, page)) return 'closed'
  return session.kind === 'connected' && session.held === held ? 'shown' : 'hidden'
}

function mayOpenPage(operator: Operator, page: BuiltInPage): boolean {
  return builtInModules.some(
    (module) => 'page' in module.launch && module.launch.page === page && mayOpen(operator, module),
  )
}
