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
import { explainSettings, explainStorage, showFault, type StartFault } from './program/faults.ts'
import { createFirstRun } from './program/first-run.ts'
import { createHandlers, serveViews } from './program/handlers.ts'
import { createTechnicalLog } from './program/log.ts'
import { openRecords } from './program/records.ts'
import type { Paths } from './settings/paths.ts'
import { readSettings } from './settings/read.ts'
import type { Settings } from './settings/schema.ts'
import { toStorageError } from './storage/storage-error.ts'
import type { AppWindows } from './windows/app-windows.ts'
import { nobodyYet, type EarlyLauncher } from './windows/launcher.ts'
import { fr, texts } from '../renderer/ui/texts.ts'

type Parts = { paths: Paths; dist: string; windows: AppWindows; early: EarlyLauncher }

/**
 * Builds the program, in reading order, and fills the launcher; or opens the window that says why it cannot. The
 * contract is served before anything is waited for: the launcher's page may call at any moment.
 */
export function start({ paths, dist, windows, early }: Parts): void {
  const log = createTechnicalLog(app.getPath('userData'))
  const read = readSettings(paths.settings, { installed: app.isPackaged })
  const { launcher } = early

  const open = async (settings: Settings): Promise<Partial<Handlers>> => {
    windows.avoid(settings.workstation.patientDisplay)
    const version = app.getVersion()
    const shown = new Promise<void>((resolve) => launcher.window.once('show', () => resolve()))
    const place = { settings, workstation: settings.workstation.name ?? hostname(), version }
    early.drawFrom({ ...place, ...nobodyYet })
    // Until there is something to write, closing the launcher is the end.
    launcher.window.on('close', leaveAtOnce)
    const records = await openRecords(settings.storage.url, paths.data, clock)
    launcher.window.off('close', leaveAtOnce)
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
      scorer: createPasswordScorer({ workerFile: join(dist, 'main', 'password-strength.cjs') }),
      pharmacy: settings.pharmacy.name ?? texts.pharmacy,
      empty: (await records.operators.count()) === 0,
      administratorsFolder: app.isPackaged ? dirname(paths.settings) : null,
      created: () =>
        counter.notify({ tone: 'info', text: fr(texts.firstRun.created), remedy: null, reference: null }),
    })
    const closing = createClosing({ windows, launcher, counter, records, log })
    windows.onCrash(createCrashes({ clock, counter, records, log, quit: closing.quit }))

    records.journal.appendEventually({ kind: 'program.started', outcome: 'done', details: { version } })
    powerMonitor.on('resume', counter.session.check)
    early.drawFrom({ ...place, firstRun: firstRun.needed, ...counter })
    void shown.then(counter.prepareWindows)
    return createHandlers({ counter, firstRun, closing })
  }

  const fail = (fault: StartFault): Partial<Handlers> => {
    launcher.window.destroy()
    return showFault(windows, fault, log)
  }

  const handlers =
    read.kind === 'faulty'
      ? Promise.resolve(fail(explainSettings(paths.settings, read)))
      : open(read.settings).catch((error: unknown) =>
          fail(explainStorage(toStorageError(error), read.settings.support)),
        )
  serveContract({ atOnce: serveViews(windows), handlers, roleOf: windows.roleOf, log: log.failure })
}

function leaveAtOnce(): void {
  app.exit(0)
}
