import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { app, powerMonitor, shell } from 'electron'
import { systemClock as clock } from './clock.ts'
import { createCounter } from './counter.ts'
import type { Handlers } from './ipc/answer.ts'
import { serveContract } from './ipc/serve.ts'
import { createPasswordScorer } from './operators/password-strength.ts'
import { createClosing } from './program/closing.ts'
import { createCrashes } from './program/crashes.ts'
import { explainSettings, explainStorage, showFault } from './program/faults.ts'
import { createFirstRun } from './program/first-run.ts'
import { createHandlers } from './program/handlers.ts'
import { createTechnicalLog } from './program/log.ts'
import { openRecords } from './program/records.ts'
import type { Paths } from './settings/paths.ts'
import { readSettings } from './settings/read.ts'
import type { Settings } from './settings/schema.ts'
import { toStorageError } from './storage/storage-error.ts'
import { createAppWindows, type CrashListener } from './windows/app-windows.ts'
import { createLauncher } from './windows/launcher.ts'
import { serveApp } from './windows/protocol.ts'
import { hardenEveryPage, hardenOwnSession } from './windows/security.ts'
import { launcherView } from './windows/views.ts'
import { fr, texts } from '../renderer/ui/texts.ts'

/** Builds the program, in reading order, and opens the launcher; or the window that says why it cannot. */
export async function start(paths: Paths): Promise<void> {
  hardenEveryPage()
  const read = readSettings(paths.settings, { installed: app.isPackaged })
  // The program ends by the launcher's own way out, never because a hidden window was closed.
  app.on('window-all-closed', () => undefined)
  await app.whenReady()
  serveApp(join(dist(), 'renderer'))
  hardenOwnSession()

  const log = createTechnicalLog(app.getPath('userData'))
  let onCrash: CrashListener = giveUp
  const windows = createAppWindows({
    dist: dist(),
    patientDisplay: read.kind === 'read' ? read.settings.workstation.patientDisplay : null,
    onCrash: (window, reason) => onCrash(window, reason),
  })

  const open = async (settings: Settings): Promise<Partial<Handlers>> => {
    const pharmacy = settings.pharmacy.name ?? texts.pharmacy
    const workstation = settings.workstation.name ?? hostname()
    const launcher = createLauncher(windows, pharmacy, () =>
      launcherView({
        settings,
        workstation,
        version: app.getVersion(),
        firstRun: firstRun.needed,
        ...counter,
      }),
    )
    const painted = new Promise<void>((resolve) => launcher.window.once('show', () => resolve()))
    const records = await openRecords(settings.storage.url, paths.data, clock).catch((error: unknown) => {
      launcher.window.destroy()
      throw error
    })
    const counter = createCounter({
      settings,
      clock,
      records,
      windows,
      launcher,
      openExternal: (url) => shell.openExternal(url),
    })
    const firstRun = createFirstRun({
      windows,
      launcher,
      records,
      scorer: createPasswordScorer({ workerFile: join(dist(), 'main', 'password-strength.cjs') }),
      pharmacy,
      empty: (await records.operators.count()) === 0,
      administratorsFolder: app.isPackaged ? dirname(paths.settings) : null,
      created: () =>
        counter.notify({ tone: 'info', text: fr(texts.firstRun.created), remedy: null, reference: null }),
    })
    const closing = createClosing({ windows, launcher, counter, records, log })
    onCrash = createCrashes({ clock, counter, records, log })

    const details = { version: app.getVersion() }
    records.journal.appendEventually({ kind: 'program.started', outcome: 'done', details })
    app.on('second-instance', () => {
      if (launcher.window.isMinimized()) launcher.window.restore()
      launcher.window.show()
      launcher.window.focus()
    })
    powerMonitor.on('resume', counter.session.check)
    void painted.then(counter.prepareWindows)
    return createHandlers({ windows, counter, firstRun, closing })
  }

  const handlers =
    read.kind === 'faulty'
      ? Promise.resolve(showFault(windows, explainSettings(paths.settings, read.faults), log))
      : open(read.settings).catch((error: unknown) =>
          showFault(windows, explainStorage(toStorageError(error), read.settings.support), log),
        )
  serveContract({ handlers, roleOf: windows.roleOf, log: log.failure })
}

/** Before there is anything to lose. 69, in sysexits: a service is unavailable. */
function giveUp(): void {
  app.exit(69)
}

/** What the build has made. */
function dist(): string {
  return join(app.getAppPath(), 'dist')
}
