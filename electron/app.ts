import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { app, clipboard, globalShortcut, powerMonitor, shell } from 'electron'
import { systemClock as clock } from './clock.ts'
import { createCounter } from './counter.ts'
import type { Handlers } from './ipc/answer.ts'
import { createChangeOwnPassword } from './identification/own-password.ts'
import { hashPassword } from './identification/password.ts'
import { createChosenPasswords } from './operators/chosen-password.ts'
import { createPasswordScorer } from './operators/password-strength.ts'
import { createAbout } from './program/about.ts'
import { cardSupervisor } from './program/card-process.ts'
import { createClosing, type Closing } from './program/closing.ts'
import { createCrashes } from './program/crashes.ts'
import { createFirstRun } from './program/first-run.ts'
import { createConnectionsDesk } from './program/connections-desk.ts'
import { createDaily } from './program/daily.ts'
import { createDiagnostics } from './program/diagnostics.ts'
import { createEntitled } from './program/entitled.ts'
import { createGivenUp } from './program/given-up.ts'
import { createHandlers } from './program/handlers.ts'
import { lookAtHeld, lookEveryMs } from './program/held-operators.ts'
import { createJournalDesk } from './program/journal-desk.ts'
import { createLocks } from './program/locks.ts'
import { damagedNotice } from './program/news.ts'
import { tellSettings } from './program/settings-news.ts'
import { watchSettings } from './program/settings-watch.ts'
import { createStorageWorker } from './program/storage-client.ts'
import { createSwitchShortcut, isWayland } from './program/switch-shortcut.ts'
import { createTeamDesk } from './program/team-desk.ts'
import { createUpdates } from './program/updates.ts'
import { createBuiltInWindows } from './windows/built-in-windows.ts'
import { chooseFile } from './windows/choose-file.ts'
import { saveAs } from './windows/save-as.ts'
import type { LiveSettings } from './program/live-settings.ts'
import type { TechnicalLog } from './program/log.ts'
import type { MainFailures } from './program/main-failures.ts'
import { isInstalled, type Edition } from './settings/edition.ts'
import { backupsFolder, type Paths } from './settings/paths.ts'
import type { AppWindows } from './windows/app-windows.ts'
import type { EarlyLauncher } from './windows/launcher.ts'
import type { Place } from './windows/views.ts'
import { fr, texts } from '../renderer/ui/texts.ts'

type Parts = {
  paths: Paths
  edition: Edition
  failures: MainFailures
  /** Says that a turn of the main process was cut off, once `end` has ended what it can. */
  breaks: (cause: unknown, end: Closing['end']) => void
  dist: string
  windows: AppWindows
  early: EarlyLauncher
  place: Place
  live: LiveSettings
  log: TechnicalLog
}

/**
 * Builds every service once, in reading order, behind a launcher that is already shown. Resolves to what the windows'
 * calls do; rejects with `StorageError` when the database cannot be used.
 */
export async function start(parts: Parts): Promise<Partial<Handlers>> {
  const { paths, edition, failures, breaks, dist, windows, early, place, live, log } = parts
  const { launcher } = early
  const { settings, version } = place
  const keptRows = join(app.getPath('userData'), 'journal-en-attente.json')

  // A large module: loaded in a turn of its own.
  const { openRecords } = await import('./program/records.ts')
  const backups = backupsFolder(paths.data, settings.storage.backupFolder, hostname())
  const records = await openRecords({
    url: settings.storage.url,
    dataDir: paths.data,
    backups,
    keptRows,
    // Loaded at the first row to keep, some seconds after it was written.
    headItem: async (workstation) => {
      const { openKeychain } = await import('../native/keychain/secrets.ts')
      return openKeychain().journalHead(workstation)
    },
    clock,
  })
  const empty = (await records.operators.count()) === 0

  const scorer = createPasswordScorer({ workerFile: join(dist, 'main', 'password-strength.cjs') })
  const pharmacy = (): string => settings.pharmacy.name ?? texts.pharmacy
  const hashChosen = createChosenPasswords({ scorer, pharmacy, hashPassword })
  const builtIns = createBuiltInWindows({
    windows,
    near: launcher.window,
    views: {
      operators: (operator) => team.view(operator),
      journal: (operator) => journalDesk.view(operator),
      connections: (operator) => connections.view(operator),
    },
  })
  const updates = createUpdates({ settings, version, edition, clock, changed: () => launcher.push() })
  const counter = createCounter({
    settings,
    newer: updates.newer,
    clock,
    records,
    windows,
    builtIns,
    launcher,
    openExternal: (url) => shell.openExternal(url),
    copy: (text) => void clipboard.writeText(text),
    // Asked of the object each time: stories put another source there.
    idleMs: () => powerMonitor.getSystemIdleTime() * 1000,
    idleUnknown: () =>
      void log.note('the system does not tell when it was last touched: nothing locks when idle'),
    stateChanged: () => diagnostics.stateChanged(),
    makeCardSupervisor: cardSupervisor({ settings, dist, log }),
    hashChosen,
    log: log.failure,
  })
  const firstRun = createFirstRun({
    windows,
    launcher,
    clock,
    records,
    scorer,
    pharmacy,
    empty,
    administratorsFolder: isInstalled(edition) ? dirname(paths.settings) : null,
    created: () =>
      counter.notify({ tone: 'info', text: fr(texts.firstRun.created), remedy: null, reference: null }),
  })
  const worker = createStorageWorker({
    workerFile: join(dist, 'main', 'storage-worker.cjs'),
    url: settings.storage.url,
    dataDir: paths.data,
  })
  const entitled = createEntitled({ clock, records, session: counter.session, builtIns })
  const desk = {
    settings,
    workstation: place.workstation,
    clock,
    records,
    counter,
    builtIns,
    entitled,
    worker,
    scorer,
    readHead: async () => (await records.head?.read()) ?? ({ kind: 'no-keychain' } as const),
    saveAs,
    copy: (text: string) => void clipboard.writeText(text),
    changeOwnPassword: createChangeOwnPassword({
      operators: records.operators,
      journal: records.journal,
      identification: counter.identification,
      hashPassword: hashChosen,
    }),
  }
  const team = createTeamDesk({ ...desk, chooseFile })
  const journalDesk = createJournalDesk(desk)
  const connections = createConnectionsDesk(desk)
  const diagnostics = createDiagnostics({
    ...desk,
    paths,
    edition,
    version,
    windows,
    launcher,
  })
  const daily = createDaily({
    settings,
    clock,
    worker,
    journal: records.journal,
    log,
    database: records.database,
    backups,
    damaged: () => counter.notify(damagedNotice),
    rounded: diagnostics.backedUp,
  })
  const watching = watchSettings({
    file: paths.settings,
    edition,
    live,
    told: (news) => {
      tellSettings({ journal: records.journal, notify: counter.notify }, news)
      // After it: a shortcut that another program has is told last, and stays.
      if (news.kind === 'changed') switchShortcut.follow()
      diagnostics.settingsChanged()
    },
  })
  const switchShortcut = createSwitchShortcut({
    wanted: () => settings.identification.shortcut,
    keys: globalShortcut,
    wayland: isWayland(process.platform, process.env),
    pressed: counter.comeForward,
    notice: counter.notice,
    notify: counter.notify,
    changed: () => launcher.push(),
    note: (note) => void log.note(note),
  })
  live.onChange(() => {
    windows.avoid(settings.workstation.patientDisplay)
    launcher.setTitle(texts.launcher.title(pharmacy()))
    builtIns.push('journal')
    builtIns.push('connections')
  })
  const stopWork = (): Promise<void> => {
    watching.stop()
    switchShortcut.release()
    daily.stop()
    diagnostics.stop()
    updates.stop()
    return worker.close()
  }
  const closing = createClosing({ windows, launcher, counter, records, log, stopWork, keptRows })
  failures.respond({
    cutOff: (cause) => breaks(cause, closing.end),
    givenUp: createGivenUp({ counter, records, log }),
  })
  windows.onCrash(createCrashes({ clock, counter, records, log, quit: closing.quit }))

  records.journal.appendEventually({ kind: 'program.started', outcome: 'done', details: { version } })
  const lookAtTeam = (): void => void lookAtHeld({ session: counter.session, operators: records.operators })
  setInterval(lookAtTeam, lookEveryMs).unref()
  createLocks({
    monitor: powerMonitor,
    session: counter.session,
    lock: counter.lock,
    sleeps: counter.stopPsc,
    wakes: () => {
      lookAtTeam()
      counter.startPsc()
    },
    back: counter.idle.look,
  })
  early.drawFrom({
    ...place,
    firstRun: firstRun.needed,
    readiness: diagnostics.readiness,
    switchShortcut: switchShortcut.shown,
    newer: updates.newer,
    ...counter,
  })
  counter.prepareWindows()
  switchShortcut.follow()
  counter.startCard()
  counter.startPsc()
  daily.start()
  diagnostics.start()
  updates.start()
  return {
    ...createHandlers({ counter, firstRun, closing }),
    ...team.handlers,
    ...journalDesk.handlers,
    ...connections.handlers,
    ...diagnostics.handlers,
    ...createAbout({ dist, version, edition, copy: desk.copy }),
  }
}
