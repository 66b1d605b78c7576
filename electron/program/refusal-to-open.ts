import { dialog } from 'electron'
import { startTexts } from '../../renderer/ui/texts/start.ts'
import { refusedVariable } from './environment.ts'
import { refusedSwitch } from './refused-switches.ts'

/** sysexits: the command was used incorrectly. */
const usage = 64

/**
 * Ends an installed program whose windows may not be opened as it was started, with one line that says why. To be called
 * before anything is waited for: Chromium listens nowhere and loads nothing until the main script has run
 * (content/browser/browser_main_loop.cc, where Electron runs it in `PostEarlyInitialization`).
 */
export function refuseToOpen(started: NodeJS.Process): void {
  const { argv, env, platform } = started
  const name = refusedSwitch(argv, platform)
  const variable = refusedVariable(env)
  const line =
    name !== null
      ? startTexts.refusedSwitch(name)
      : variable !== null
        ? startTexts.refusedVariable(variable)
        : null
  if (line === null) return
  started.stderr.write(`${line}\n`)
  // Who pressed a shortcut there sees no standard error. Electron shows it before `ready` too; not on Linux, where it
  // would write the line again.
  if (platform !== 'linux') dialog.showErrorBox(startTexts.title, line)
  started.exit(usage)
}
