import type { Notice, ViewOf } from '../ipc/views.ts'
import type { OpenModules } from '../modules/open-modules.ts'
import type { OperatorSession } from '../session/operator-session.ts'
import type { Settings } from '../settings/schema.ts'
import { texts } from '../../renderer/ui/texts.ts'
import type { AppWindow, AppWindows } from './app-windows.ts'

/** What the launcher shows is drawn from. */
export type LauncherSource = {
  readonly settings: Settings
  readonly workstation: string
  readonly version: string
  readonly session: OperatorSession
  readonly openModules: OpenModules
  readonly firstRun: () => boolean
  readonly notice: () => Notice | null
}

/** The launcher, shown as soon as it has something to show. */
export function createLauncher(
  windows: AppWindows,
  pharmacy: string,
  view: () => ViewOf<'launcher'>,
): AppWindow<'launcher'> {
  const launcher = windows.create({
    role: 'launcher',
    title: texts.launcher.title(pharmacy),
    width: 1060,
    height: 640,
    near: null,
    view,
    options: { minWidth: 480, minHeight: 400 },
  })
  launcher.reveal('focused')
  return launcher
}
