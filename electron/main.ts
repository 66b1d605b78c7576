import { app, Menu } from 'electron'
import { begin } from './program/begin.ts'
import { pathsOf, profileFolder } from './settings/paths.ts'
import { usableFolder } from './settings/folders.ts'
import { declareScheme } from './windows/protocol.ts'

const paths = pathsOf({ platform: process.platform, env: process.env, installed: app.isPackaged })
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
