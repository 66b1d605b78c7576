import type { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'

/** Why a page that is being closed is asked about: it holds unsaved work, or it does not answer. */
export type Hesitation = 'unsaved' | 'silent'
/** Asks whether the page is left all the same. `signal`: the question has no object any more, and counts as « no ». */
export type AskToLeave = (why: Hesitation, signal: AbortSignal) => Promise<boolean>

/** What it takes of a window. */
export type LeavingWindow = Pick<EventEmitter, 'on' | 'once'> &
  Pick<BrowserWindow, 'isDestroyed' | 'destroy' | 'close'> & {
    readonly webContents: Pick<EventEmitter, 'on'>
  }

export type LeavingPage = {
  /** Closes the page, asking first where it holds something. Resolves to whether it is closed. */
  readonly close: () => Promise<boolean>
  /** Takes the question away, and the page stays: what it is about is no longer to be seen. */
  readonly withdraw: () => void
}

/** A page that has neither closed nor objected after this long does not answer any more. */
const patienceMs = 3000

/** Closing a module's page, which may hold work that is not saved: never lost without a « yes ». */
export function createLeavingPage(window: LeavingWindow, ask: AskToLeave): LeavingPage {
  const waiting = new Set<(closed: boolean) => void>()
  let asked: AbortController | null = null
  let patience: NodeJS.Timeout | undefined

  const settle = (closed: boolean): void => {
    for (const resolve of waiting) resolve(closed)
    waiting.clear()
  }
  const question = async (why: Hesitation): Promise<void> => {
    clearTimeout(patience)
    if (asked !== null || window.isDestroyed()) return
    asked = new AbortController()
    // A question that could not be asked is no « yes », and is asked again.
    const leaves = await ask(why, asked.signal).catch(() => false)
    asked = null
    if (window.isDestroyed()) return
    if (leaves) window.destroy()
    else settle(false)
  }

  // Before the page is asked itself.
  window.on('close', () => {
    clearTimeout(patience)
    patience = setTimeout(() => void question('silent'), patienceMs)
  })
  window.webContents.on('will-prevent-unload', () => void question('unsaved'))
  window.once('closed', () => {
    clearTimeout(patience)
    asked?.abort()
    settle(true)
  })

  return {
    close: () => {
      if (window.isDestroyed()) return Promise.resolve(true)
      const closed = new Promise<boolean>((resolve) => waiting.add(resolve))
      // Asked already, by the cross of its title bar: that question answers.
      if (asked === null) window.close()
      return closed
    },
    withdraw: () => asked?.abort(),
  }
}
