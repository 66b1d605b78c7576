import { join } from 'node:path'
import { app, Menu } from 'electron'
import { commandIn, runCommand } from './cli/command.ts'
import { begin } from './program/begin.ts'
import { pathsOf, profileFolder } from './settings/paths.ts'
import { usableFolder } from './settings/folders.ts'
import { declareScheme } from './windows/protocol.ts'

const installed = app.isPackaged
const paths = pathsOf({ platform: process.platform, env: process.env, installed })
const words = commandIn(process.argv, installed)
if (words.length > 0) {
  const built = join(app.getAppPath(), 'dist/main')
  const scorerFile = join(built, 'password-strength.cjs')
  const program = { words, paths, installed, version: app.getVersion(), scorerFile }
  process.exit(runCommand(join(built, 'cli.cjs'), program))
}

app.commandLine.appendSwitch('lang', 'fr') // Dates are typed as the words around them are.
app.setPath('userData', usableFolder(profileFolder(paths.data, process.env)))
// As root (machines of test only) the sandbox cannot be had for every process; each window asks for it anyway.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
declareScheme()
Menu.setApplicationMenu(null)

if (app.requestSingleInstanceLock()) {
  void begin(paths)
} else {
  app.quit()
}
