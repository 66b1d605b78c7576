import { dirname, join } from 'node:path'
import { app, clipboard, powerMonitor, shell } from 'electron'
import { systemClock as clock } from './clock.ts'
import { createCounter } from './counter.ts'
import type { Handlers } from './ipc/answer.ts'
import { hashPassword } from './identification/password.ts'
import { createChosenPasswords } from './operators/chosen-password.ts'
import { createPasswordScorer } from './operators/password-strength.ts'
import { cardSupervisor } from './program/card-process.ts'
import { createClosing } from './program/closing.ts'
import { createCrashes } from './program/crashes.ts'
import { createFirstRun } from './program/first-run.ts'
import { createHandlers } from './program/handlers.ts'
import type { TechnicalLog } from './program/log.ts'
import type { Paths } from './settings/paths.ts'
import type { AppWindows } from './windows/app-windows.ts'
import type { EarlyLauncher } from './windows/launcher.ts'
import type { Place } from './windows/views.ts'
import { fr, texts } from '../renderer/ui/texts.ts'

type Parts = {
  paths: Paths
  dist: string
  windows: AppWindows
  early: EarlyLauncher
  place: Place
  log: TechnicalLog
}

/**
 * Builds every service once, in reading order, behind a launcher that is already shown. Resolves to what the windows'
 * calls do; rejects with `StorageError` when the database cannot be used.
 */
export async function start(parts: Parts): Promise<Partial<Handlers>> {
  const { paths, dist, windows, early, place, log } = parts
  const { launcher } = early
  const { settings, version } = place
  const keptRows = join(app.getPath('userData'), 'journal-en-attente.json')

  // A large module: loaded in a turn of its own.
  const { openRecords } = await import('./program/records.ts')
  const records = await openRecords({ url: settings.storage.url, dataDir: paths.data, keptRows, clock })
  const empty = (await records.operators.count()) === 0

  const scorer = createPasswordScorer({ workerFile: join(dist, 'main', 'password-strength.cjs') })
  const pharmacy = settings.pharmacy.name ?? texts.pharmacy
  const hashChosen = createChosenPasswords({ scorer, pharmacy, hashPassword })
  const counter = createCounter({
    settings,
    clock,
    records,
    windows,
    launcher,
    openExternal: (url) => shell.openExternal(url),
    copy: (text) => void clipboard.writeText(text),
    makeCardSupervisor: cardSupervisor({ settings, dist, log }),
    hashChosen,
    log: log.failure,
  })
  const firstRun = createFirstRun({
    windows,
    launcher,
    records,
    scorer,
    pharmacy,
    empty,
    administratorsFolder: app.isPackaged ? dirname(paths.settings) : null,
    created: () =>
      counter.notify({ tone: 'info', text: fr(texts.firstRun.created), remedy: null, reference: null }),
  })
  const closing = createClosing({ windows, launcher, counter, records, log, keptRows })
  windows.onCrash(createCrashes({ clock, counter, records, log, quit: closing.quit }))

  records.journal.appendEventually({ kind: 'program.started', outcome: 'done', details: { version } })
  powerMonitor.on('suspend', counter.stopPsc)
  powerMonitor.on('resume', () => {
    counter.session.check()
    counter.startPsc()
  })
  early.drawFrom({ ...place, firstRun: firstRun.needed, ...counter })
  counter.prepareWindows()
  counter.startCard()
  counter.startPsc()
  return createHandlers({ counter, firstRun, closing })
}
