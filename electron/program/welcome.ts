import { hostname } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import type { Handlers } from '../ipc/answer.ts'
import { serveContract } from '../ipc/serve.ts'
import { notAsked, type PscSnapshot } from '../psc/state.ts'
import { backupsFolder, type Paths } from '../settings/paths.ts'
import { usablePsc } from '../settings/psc.ts'
import { readSettings, type FaultySettings } from '../settings/read.ts'
import { settingsSchema, type Settings } from '../settings/schema.ts'
import { toStorageError } from '../storage/storage-error.ts'
import type { AppWindows } from '../windows/app-windows.ts'
import { nobodyYet, type EarlyLauncher } from '../windows/launcher.ts'
import { searching, type CardSnapshot } from '../../native/card/states.ts'
import { createEarlyHelp } from './early-help.ts'
import { explainSettings, explainStorage, lostDatabase, showFault, type StartFault } from './faults.ts'
import { serveViews } from './handlers.ts'
import { createLiveSettings } from './live-settings.ts'
import { createTechnicalLog } from './log.ts'

type Parts = { paths: Paths; dist: string; windows: AppWindows; early: EarlyLauncher }

/**
 * Fills the launcher from the settings, then starts the rest of the program behind it; or opens the window that says
 * why it cannot. The contract is served before anything is waited for: the launcher's page may call at any moment,
 * and what it asks waits for the program to be there.
 */
export function welcome({ paths, dist, windows, early }: Parts): void {
  const { launcher } = early
  const log = createTechnicalLog({ folder: app.getPath('userData'), sources: join(dist, 'main') })
  const read = readSettings(paths.settings, { installed: app.isPackaged })

  const open = async (initial: Settings): Promise<Partial<Handlers>> => {
    const version = app.getVersion()
    const live = createLiveSettings(initial)
    const { settings } = live
    const place = { settings, workstation: () => settings.workstation.name ?? hostname(), version }
    const shown = new Promise<void>((resolve) => launcher.window.once('show', () => resolve()))
    windows.avoid(settings.workstation.patientDisplay)
    const card = (): CardSnapshot | null => (settings.card.enabled ? searching : null)
    const psc = (): PscSnapshot => notAsked(usablePsc(settings)?.issuer ?? null)
    early.drawFrom({ ...place, ...nobodyYet, card, psc })
    // Until there is something to write, closing the launcher is the end.
    launcher.window.on('close', leaveAtOnce)
    await shown
    const { start } = await import('../app.ts')
    const handlers = await start({ paths, dist, windows, early, place, live, log })
    launcher.window.off('close', leaveAtOnce)
    return handlers
  }
  const fail = (fault: StartFault, settings: Settings): Partial<Handlers> => {
    launcher.window.destroy()
    return { ...showFault(windows, fault, log), ...createEarlyHelp(windows, settings) }
  }

  const failWithout = async (settings: Settings, error: unknown): Promise<Partial<Handlers>> => {
    const { storage, support } = settings
    const cause = toStorageError(error)
    const what = lostDatabase(cause)
    if (what === null) return fail(explainStorage(cause, support), settings)
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
    return { ...offered, ...createEarlyHelp(windows, settings) }
  }

  const handlers =
    read.kind === 'faulty'
      ? Promise.resolve(fail(explainSettings(paths.settings, read), defaultsWith(read)))
      : open(read.settings).catch((error: unknown) => failWithout(read.settings, error))
  serveContract({ atOnce: serveViews(windows), handlers, roleOf: windows.roleOf, log: log.failure })
}

/** What « Aide » is drawn from where the settings are not to be used: the defaults, and whom to call. */
function defaultsWith({ support }: FaultySettings): Settings {
  const defaults = settingsSchema.parse({})
  return support === null ? defaults : { ...defaults, support }
}

function leaveAtOnce(): void {
  app.exit(0)
}
