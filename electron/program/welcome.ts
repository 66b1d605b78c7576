import { hostname } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import type { Handlers, Serving } from '../ipc/answer.ts'
import { serveContract } from '../ipc/serve.ts'
import { notAsked, type PscSnapshot } from '../psc/state.ts'
import type { Edition } from '../settings/edition.ts'
import { backupsFolder, type Paths } from '../settings/paths.ts'
import { usablePsc } from '../settings/psc.ts'
import { readSettings, type FaultySettings } from '../settings/read.ts'
import { settingsSchema, type Settings } from '../settings/schema.ts'
import { toStorageError } from '../storage/storage-error.ts'
import type { AppWindows } from '../windows/app-windows.ts'
import { nobodyYet, type EarlyLauncher } from '../windows/launcher.ts'
import { searching, type CardSnapshot } from '../../native/card/states.ts'
import { breakDown, explainBreakdown } from './breakdown.ts'
import { createEarlyHelp } from './early-help.ts'
import { explainSettings, explainStorage, lostDatabase, showFault, type StartFault } from './faults.ts'
import { serveViews } from './handlers.ts'
import { createLiveSettings } from './live-settings.ts'
import { createTechnicalLog } from './log.ts'
import type { MainFailures } from './main-failures.ts'
import { endWithSentence } from './window-process.ts'

type Parts = {
  paths: Paths
  edition: Edition
  failures: MainFailures
  dist: string
  windows: AppWindows
  early: EarlyLauncher
}

/**
 * Fills the launcher from the settings, then starts the rest of the program behind it; or opens the window that says
 * why it cannot. The contract is served before anything is waited for: the launcher's page may call at any moment,
 * and what it asks waits for the program to be there.
 */
export function welcome({ paths, edition, failures, dist, windows, early }: Parts): void {
  const { launcher } = early
  const log = createTechnicalLog({ folder: app.getPath('userData'), sources: join(dist, 'main') })
  const read = readSettings(paths.settings, { edition })

  const open = async (initial: Settings): Promise<Partial<Handlers>> => {
    const version = app.getVersion()
    const live = createLiveSettings(initial)
    const { settings } = live
    const place = { settings, workstation: () => settings.workstation.name ?? hostname(), version, edition }
    windows.avoid(settings.workstation.patientDisplay)
    const card = (): CardSnapshot | null => (settings.card.enabled ? searching : null)
    const psc = (): PscSnapshot => notAsked(usablePsc(settings)?.issuer ?? null)
    early.drawFrom({ ...place, ...nobodyYet, card, psc })
    // Until there is something to write, closing the launcher is the end.
    launcher.window.on('close', leaveAtOnce)
    // Frames go through this thread: loading the rest at once would hold the first one up (measured: 40 ms).
    await early.firstFrame
    const { start } = await import('../app.ts')
    const handlers = await start({ paths, edition, failures, breaks, dist, windows, early, place, live, log })
    launcher.window.off('close', leaveAtOnce)
    return handlers
  }
  /** The window that says why Comptoir cannot start ends it when it closes, whatever closes it. */
  const nothingToSave = (): void =>
    failures.respond({
      cutOff: (cause) => void log.note('the main process failed', { cause }).finally(endWithSentence),
      givenUp: null,
    })
  const fail = (fault: StartFault, settings: Settings): Partial<Handlers> => {
    nothingToSave()
    launcher.window.destroy()
    return { ...showFault(windows, fault, log), ...createEarlyHelp({ windows, settings, edition, dist }) }
  }

  const failWithout = async (settings: Settings, error: unknown): Promise<Partial<Handlers>> => {
    const { storage, support } = settings
    const cause = toStorageError(error)
    const what = lostDatabase(cause)
    if (what === null) return fail(explainStorage(cause, support), settings)
    nothingToSave()
    launcher.window.destroy()
    const { offerBackup } = await import('./restoring.ts')
    const backups = backupsFolder(paths.data, storage.backupFolder, hostname())
    const offered = offerBackup({
      windows,
      log,
      dist,
      url: storage.url,
      dataDir: paths.data,
      backups,
      support,
      cause,
      what,
    })
    return { ...offered, ...createEarlyHelp({ windows, settings, edition, dist }) }
  }

  const settings = read.kind === 'faulty' ? defaultsWith(read) : read.settings
  const serving: Serving = {
    atOnce: serveViews(windows),
    // Before anything below can fail.
    handlers: Promise.resolve({}),
    roleOf: windows.roleOf,
    log: log.failure,
  }
  /** What is said of a turn that was cut off, once all has ended that can. */
  const breaks = (cause: unknown, end: (reference: string) => Promise<void>): void => {
    void breakDown({
      end,
      show: (reference) => {
        const shown = showFault(windows, explainBreakdown(cause, settings.support), log, reference)
        serving.handlers = Promise.resolve({
          ...shown,
          ...createEarlyHelp({ windows, settings, edition, dist }),
        })
      },
    })
  }
  failures.respond({ cutOff: (cause) => breaks(cause, () => Promise.resolve()), givenUp: null })
  serving.handlers =
    read.kind === 'faulty'
      ? Promise.resolve(fail(explainSettings(paths.settings, read), settings))
      : open(read.settings).catch((error: unknown) => failWithout(read.settings, error))
  serveContract(serving)
}

/** What « Aide » is drawn from where the settings are not to be used: the defaults, and whom to call. */
function defaultsWith({ support }: FaultySettings): Settings {
  const defaults = settingsSchema.parse({})
  return support === null ? defaults : { ...defaults, support }
}

function leaveAtOnce(): void {
  app.exit(0)
}
