import { app, clipboard } from 'electron'
import type { Handlers } from '../ipc/answer.ts'
import type { Edition } from '../settings/edition.ts'
import type { Settings } from '../settings/schema.ts'
import type { AppWindows } from '../windows/app-windows.ts'
import type { Help } from '../windows/help.ts'
import { createAbout } from './about.ts'

type Parts = { windows: AppWindows; settings: Settings; edition: Edition; dist: string }

/** « Aide » where the rest of the program could not start; what it needs is loaded when it is asked for. */
export function createEarlyHelp({
  windows,
  settings,
  edition,
  dist,
}: Parts): Pick<Handlers, 'openHelp' | 'copyConnectionSheet' | 'readAbout' | 'copyVersions'> {
  const make = async (): Promise<Help> => {
    const { createHelp } = await import('../windows/help.ts')
    return createHelp({ windows, settings, newer: () => null, copy })
  }
  let made: Promise<Help> | undefined
  const help = (): Promise<Help> => (made ??= make())
  return {
    openHelp: async ({ page }, { webContentsId }) =>
      (await help()).open(page, windows.byContents(webContentsId)?.window ?? null),
    copyConnectionSheet: async () => (await help()).copySheet(),
    ...createAbout({ dist, version: app.getVersion(), edition, copy }),
  }
}

function copy(text: string): void {
  void clipboard.writeText(text)
}
