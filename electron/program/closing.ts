import { setImmediate as nextTurn } from 'node:timers/promises'
import { app, BrowserWindow } from 'electron'
import type { Counter } from '../counter.ts'
import { keepRows } from '../journal/kept-rows.ts'
import type { AppWindow, AppWindows } from '../windows/app-windows.ts'
import { openClosing } from '../windows/dialogs.ts'
import { operatorView } from '../windows/views.ts'
import { shapeOf } from './error-shape.ts'
import type { TechnicalLog } from './log.ts'
import type { Records } from './records.ts'

/** The rows still in memory are given this long to reach the database. */
const lastRowsMs = 3000
/** The keychain is given this long to take the journal's head: the database has the rows. */
const lastHeadMs = 1000

export type Closing = {
  /** Ends the program, after a question when modules are open. */
  readonly request: () => void
  readonly cancel: () => void
  /** Ends the session locally, writes what is left to write, and ends the program, with 0 unless told. */
  readonly quit: (exitCode?: number) => Promise<void>
}

type Parts = {
  windows: AppWindows
  launcher: AppWindow<'launcher'>
  counter: Counter
  records: Records
  log: TechnicalLog
  /** Ends what is done beside the counter, on the database. */
  stopWork: () => Promise<void>
  /** Where rows wait for the next start when the database has not taken them before the end. */
  keptRows: string
}

/** The way out of the program. */
export function createClosing(parts: Parts): Closing {
  const { windows, launcher, counter, records, log, stopWork, keptRows } = parts
  let dialog: AppWindow<'closing'> | null = null
  let leaving = false

  const keepWhatIsLeft = async (): Promise<void> => {
    const unwritten = await records.journal.flush(lastRowsMs)
    if (unwritten > 0) {
      await keepRows(keptRows, records.journal.unwritten())
      await log.note(`${unwritten} journal rows are kept for the next start: the database did not take them`)
    }
    await records.head?.flush(lastHeadMs)
    await records.storage.close()
  }

  const quit = async (exitCode = 0): Promise<void> => {
    if (leaving) return
    leaving = true
    const closePages = counter.pages.release()
    counter.session.end('program-closed')
    closePages()
    // What a try by Pro Santé Connect came to is journalled a turn after it is given up.
    counter.attempts.cancel()
    await nextTurn()
    records.journal.appendEventually({ kind: 'program.stopped', outcome: 'done', details: {} })
    const cardStopped = counter.stopCard()
    const workStopped = stopWork()
    // Nothing that fails here keeps anybody from closing Comptoir.
    await keepWhatIsLeft().catch((error: unknown) => process.stderr.write(`${shapeOf(error)}\n`))
    await Promise.all([cardStopped, workStopped])
    // Ending while windows are open, a modal one above all, may be a segmentation fault (seen on Electron 25).
    for (const window of BrowserWindow.getAllWindows()) window.destroy()
    await nextTurn()
    app.exit(exitCode)
  }

  const request = (): void => {
    if (counter.openModules.all().length === 0) return void quit()
    if (dialog !== null && !dialog.window.isDestroyed()) return dialog.window.focus()
    dialog = openClosing(windows, launcher.window, () => {
      const operator = counter.session.connected()?.operator ?? null
      return {
        purpose: 'quit',
        programs: [],
        suspended: [],
        endsPsc: false,
        modules: counter.openModules.all().map(({ module }) => module.label),
        operator: operator === null ? null : operatorView(operator),
      }
    })
  }

  launcher.window.on('close', (event) => {
    if (leaving) return
    event.preventDefault()
    request()
  })
  // The system's own ways of ending a program ask nothing.
  app.on('before-quit', (event) => {
    event.preventDefault()
    void quit()
  })

  return {
    request,
    quit,
    cancel: () => {
      dialog?.window.destroy()
      dialog = null
      launcher.window.focus()
    },
  }
}
