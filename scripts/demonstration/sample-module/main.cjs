'use strict'
// The external program of the demonstration: `electron FOLDER --module-label=Ventes` opens one window with that
// name; closing it ends the program.

const { app, BrowserWindow } = require('electron')
const path = require('node:path')

const OPTION = '--module-label='

const argument = process.argv.find((text) => text.startsWith(OPTION))
const label = argument === undefined ? app.getName() : argument.slice(OPTION.length)

// At once: ending in its own time, Electron 25 sometimes turns in circles, and the module would not be left.
app.on('window-all-closed', () => app.exit(0))

void app.whenReady().then(() => {
  const window = new BrowserWindow({
    title: label,
    width: 720,
    height: 440,
    show: false,
    autoHideMenuBar: true,
    webPreferences: { sandbox: true },
  })
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.once('ready-to-show', () => window.show())
  return window.loadFile(path.join(__dirname, 'index.html'), { query: { label } })
})
