import { join } from 'node:path'
import { app } from 'electron'
import { commandIn, runCommand } from './cli/command.ts'
import { begin } from './program/begin.ts'
import { dropDangerous } from './program/environment.ts'
import { refuseToOpen } from './program/refusal-to-open.ts'
import { prepareForWindows } from './program/window-process.ts'
import { editionOf, isInstalled } from './settings/edition.ts'
import { pathsOf } from './settings/paths.ts'

const edition = editionOf(app.isPackaged)
const installed = isInstalled(edition)
const paths = pathsOf({ platform: process.platform, env: process.env, edition })
if (installed) dropDangerous(process.env)
const words = commandIn(process.argv, installed)
if (words.length > 0) {
  const built = join(app.getAppPath(), 'dist/main')
  const scorerFile = join(built, 'password-strength.cjs')
  const program = { words, paths, edition, version: app.getVersion(), scorerFile }
  process.exit(runCommand(join(built, 'cli.cjs'), program))
}
if (installed) refuseToOpen(process)
const failures = prepareForWindows(paths)

if (app.requestSingleInstanceLock()) {
  void begin({ paths, edition, failures })
} else {
  app.quit()
}
