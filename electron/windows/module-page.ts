import { BrowserWindow, session, type Rectangle } from 'electron'
import { createLeavingPage, type AskToLeave, type LeavingPage } from './leaving-page.ts'
import { hardened } from './security.ts'
import {
  createPasses,
  isSessionRequest,
  mayAskSession,
  serveSession,
  type AnswerPage,
} from './session-scheme.ts'
import { windowIcon } from './window-icon.ts'

export type ModulePage = LeavingPage & {
  readonly window: BrowserWindow
  /** Whether it ever showed something: a page that never did was not left by anybody. */
  readonly everLoaded: () => boolean
}

type Parts = {
  title: string
  url: string
  origins: readonly string[]
  /** The in-memory partition: pages opened by one session share it, and no other sees it. */
  partition: string
  bounds: Rectangle
  /** What it is told of who is connected, when it asks. */
  answerSession: AnswerPage
  askToLeave: AskToLeave
  onRefusedOrigin: (origin: string) => void
  onRefusedDownload: () => void
  onFailure: (reason: 'page-unreachable' | 'page-crashed') => void
}

/**
 * Opens a module's web page in a window of its own: no preload, its own partition, nothing loaded or navigated to
 * outside the allowed origins.
 */
export function openModulePage(parts: Parts): ModulePage {
  const { title, url, origins, partition, bounds, onRefusedOrigin, onRefusedDownload, onFailure } = parts
  const allowed = (target: string): boolean => origins.includes(new URL(target).origin)
  const pages = session.fromPartition(partition)
  const passes = createPasses()
  const stopSession = serveSession(pages, passes, parts.answerSession)
  pages.webRequest.onBeforeRequest((details, answer) => {
    if (isSessionRequest(details.url)) {
      const may = mayAskSession(details, asking, origins)
      return answer(may ? passes.letThrough(details.url) : { cancel: true })
    }
    const inner = /^(?:data|blob):/u.test(details.url) && details.resourceType !== 'mainFrame'
    answer({ cancel: !inner && !allowed(webOrigin(details.url)) })
  })

  const window = new BrowserWindow({
    ...bounds,
    ...windowIcon(),
    title,
    show: false,
    autoHideMenuBar: true,
    webPreferences: { ...hardened, partition },
  })
  const { webContents } = window
  const asking = webContents.id
  let loaded = false
  const refuse = (event: { preventDefault: () => void }, target: string): void => {
    if (allowed(target)) return
    event.preventDefault()
    onRefusedOrigin(siteOf(target))
    // Refused before it showed anything, it never will.
    if (!loaded) setImmediate(() => window.destroy())
  }
  webContents.on('will-navigate', refuse)
  webContents.on('will-redirect', refuse)
  webContents.setWindowOpenHandler(({ url: target }) => {
    // Replaced by another navigation, or given up for unsaved work, it comes to nothing.
    if (allowed(target)) void window.loadURL(target).catch(() => undefined)
    else onRefusedOrigin(siteOf(target))
    return { action: 'deny' }
  })
  const refuseDownload = (event: { preventDefault: () => void }): void => {
    event.preventDefault()
    onRefusedDownload()
  }
  pages.on('will-download', refuseDownload)
  // The partition outlives the window.
  window.on('closed', () => {
    pages.off('will-download', refuseDownload)
    stopSession()
  })
  window.on('page-title-updated', (event) => event.preventDefault())
  webContents.on('dom-ready', () => {
    loaded = true
  })
  webContents.on('did-fail-load', (_event, code, _description, _url, isMainFrame) => {
    // -3: the navigation was replaced by another one.
    if (!isMainFrame || code === -3) return
    onFailure('page-unreachable')
    if (!loaded) window.destroy()
  })
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    onFailure('page-crashed')
    window.destroy()
  })
  // There is no menu to do it from.
  webContents.on('before-input-event', (_event, { type, key }) => {
    if (type === 'keyDown' && key === 'F5') webContents.reload()
  })
  void window.loadURL(url).catch(() => undefined)
  return { window, everLoaded: () => loaded, ...createLeavingPage(window, parts.askToLeave) }
}

/** What is said of an address: where it leads, and no more. */
function siteOf(target: string): string {
  const { origin, protocol } = new URL(target)
  return origin === 'null' ? protocol : origin
}

/** A web socket is judged by the site it belongs to. */
function webOrigin(url: string): string {
  return url.replace(/^ws(?=s?:)/u, 'http')
}
