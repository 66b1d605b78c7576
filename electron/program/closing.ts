import { setImmediate as nextTurn } from 'node:timers/promises'
import { app, BrowserWindow } from 'electron'
import type { Counter } from '../counter.ts'
import type { ViewOf } from '../ipc/views.ts'
import { keepRows } from '../journal/kept-rows.ts'
import { displayName } from '../operators/operator.ts'
import { heldIn } from '../session/session.ts'
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
  /** « Fermer la journée », after a question. */
  readonly requestDay: () => void
  /** Does what was asked about: pages that hold unsaved work are asked about first, and one that is kept keeps all. */
  readonly confirm: () => Promise<void>
  readonly cancel: () => void
  /** Ends the session locally, writes what is left to write, and ends the program, with 0 unless told. */
  readonly quit: (exitCode?: number) => Promise<void>
  /** The same after a failure, but for the end of the program: a window is to say it. */
  readonly end: (reference: string) => Promise<void>
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

/** The way out of the program, and the end of the day. */
export function createClosing(parts: Parts): Closing {
  const { windows, launcher, counter, records, log, stopWork, keptRows } = parts
  let dialog: AppWindow<'closing'> | null = null
  let purpose: ViewOf<'closing'>['purpose'] = 'quit'
  /** What was confirmed waits for the answers about unsaved work. */
  let confirmed = false
  let ending: Promise<void> | null = null
  let broken = false

  const keepWhatIsLeft = async (): Promise<void> => {
    const unwritten = await records.journal.flush(lastRowsMs)
    if (unwritten > 0) {
      await keepRows(keptRows, records.journal.unwritten())
      await log.note(`${unwritten} journal rows are kept for the next start: the database did not take them`)
    }
    await records.head?.flush(lastHeadMs)
    await records.storage.close()
  }

  /** `failure`: the reference under which it is told. */
  const endAll = async (failure: string | null): Promise<void> => {
    const closePages = counter.pages.release()
    const sessionsClosed = counter.closeModuleSessions()
    counter.session.endAll(failure === null ? 'program-closed' : 'program-failed')
    closePages()
    // What a try by Pro Santé Connect came to is journalled a turn after it is given up.
    counter.attempts.cancel()
    await nextTurn()
    records.journal.appendEventually(
      failure === null
        ? { kind: 'program.stopped', outcome: 'done', details: {} }
        : { kind: 'program.failed', outcome: 'failed', reference: failure, details: { stopped: true } },
    )
    const cardStopped = counter.stopCard()
    const workStopped = stopWork()
    // Nothing that fails here keeps anybody from closing Comptoir.
    await keepWhatIsLeft().catch((error: unknown) => process.stderr.write(`${shapeOf(error)}\n`))
    await Promise.all([cardStopped, workStopped, sessionsClosed])
  }

  const quit = async (exitCode = 0): Promise<void> => {
    if (ending !== null) return
    ending = endAll(null)
    // Nor keeps Comptoir there, half closed.
    await ending.catch((error: unknown) => process.stderr.write(`${shapeOf(error)}\n`))
    // Ending while windows are open, a modal one above all, may be a segmentation fault (seen on Electron 25).
    for (const window of BrowserWindow.getAllWindows()) window.destroy()
    await nextTurn()
    app.exit(exitCode)
  }
  const end = (failure: string): Promise<void> => {
    broken = true
    return (ending ??= endAll(failure))
  }

  const withdraw = (): void => {
    dialog?.window.destroy()
    dialog = null
    launcher.window.focus()
  }
  const view = (): ViewOf<'closing'> => {
    const { session, openModules, day } = counter
    const open = openModules.all().map(({ module }) => module)
    const { session: front, suspended } = session.state()
    const operator = heldIn(front)?.operator ?? null
    return {
      purpose,
      modules: open.map(({ label }) => label),
      programs: open.filter(({ launch }) => launch.kind === 'program').map(({ label }) => label),
      operator: operator === null ? null : operatorView(operator),
      suspended: suspended.map((held) => displayName(held.operator)),
      // Ending the program is local only, as everything that is not « Déconnecter ».
      endsPsc: purpose === 'day' && day.endsPsc(),
    }
  }
  const ask = (next: ViewOf<'closing'>['purpose']): void => {
    // Another question than the one that is shown takes its place.
    if (dialog !== null && !dialog.window.isDestroyed()) {
      if (purpose === next) return dialog.window.focus()
      dialog.window.destroy()
    }
    purpose = next
    dialog = openClosing(windows, launcher.window, view)
  }
  const request = (): void => {
    if (counter.openModules.all().length === 0) void quit()
    else ask('quit')
  }
  const confirm = async (): Promise<void> => {
    withdraw()
    if (confirmed) return
    confirmed = true
    try {
      if (purpose === 'day') await counter.day.close()
      else if (await counter.closePages()) await quit()
    } finally {
      confirmed = false
    }
  }

  launcher.window.on('close', (event) => {
    if (ending !== null) return
    event.preventDefault()
    request()
  })
  // The system's own ways of ending a program ask nothing, and what a page has not saved is lost: a question that nobody
  // answers in time would be answered by a kill, and the journal would lose its last rows too.
  app.on('before-quit', (event) => {
    // The window that says why closes with the program.
    if (broken) return
    event.preventDefault()
    void quit()
  })
  launcher.window.on('session-end', () => void quit())

  return { request, requestDay: () => ask('day'), confirm, cancel: withdraw, quit, end }
}
