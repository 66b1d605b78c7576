import { join } from 'node:path'
import { app, BrowserWindow } from 'electron'
import type { Edition } from '../settings/edition.ts'
import type { Paths } from '../settings/paths.ts'
import { createAppWindows } from '../windows/app-windows.ts'
import { createLauncher } from '../windows/launcher.ts'
import { serveApp } from '../windows/protocol.ts'
import { hardenEveryPage, hardenOwnSession } from '../windows/security.ts'
import type { MainFailures } from './main-failures.ts'

type Parts = { paths: Paths; edition: Edition; failures: MainFailures }

/**
 * Hardens every page to come and creates the launcher: its renderer starts on another core, and the rest of the
 * program is loaded meanwhile.
 */
export async function begin({ paths, edition, failures }: Parts): Promise<void> {
  hardenEveryPage()
  // The program ends by the launcher's own way out, never because a hidden window was closed.
  app.on('window-all-closed', () => undefined)
  await app.whenReady()
  const dist = join(app.getAppPath(), 'dist')
  serveApp(join(dist, 'renderer'))
  hardenOwnSession()
  const windows = createAppWindows({ dist, edition })
  app.on('second-instance', bringForward)
  const early = createLauncher(windows)

  const { welcome } = await import('./welcome.ts')
  welcome({ paths, edition, failures, dist, windows, early })
}

/** Somebody started Comptoir again: its launcher comes to the front, or what keeps it from starting. */
function bringForward(): void {
  const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
    /^app:\/\/comptoir\/(?:launcher|fault|restore)\//u.test(webContents.getURL()),
  )
  if (window?.isMinimized()) window.restore()
  window?.show()
  window?.focus()
}
