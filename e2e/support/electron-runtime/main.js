'use strict'
// What stock Electron's own default application does for `electron FOLDER`, for the fallback runtime of
// scripts/bootstrap/electron-fallback.mjs, and the globals that its Node 18 lacks. Product code needs neither.

const { app } = require('electron')
const { readFileSync } = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const { webcrypto } = require('node:crypto')

globalThis.crypto ??= webcrypto
globalThis.CryptoKey ??= webcrypto.CryptoKey

const position = process.argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-'))
if (position === -1) {
  process.stderr.write('Usage: electron FOLDER [arguments]\n')
  process.exit(64)
}
const folder = path.resolve(process.argv[position])
const description = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))

process.defaultApp = true
app.setAppPath(folder)
app.setVersion(description.version ?? '0.0.0')
if (description.desktopName) app.setDesktopName(description.desktopName)
app.setName(description.productName ?? description.name)
// Once everything is said and done, its Node may crash or turn in circles under a debugger, as Playwright's is: about
// one end in ten, and none in eighty without a debugger.
app.once('quit', (_event, exitCode) => process.reallyExit(exitCode))

// Loaded as the main module, so that `require.main === module` holds in the application as usual.
// oxlint-disable-next-line no-underscore-dangle -- Node has no other name for it.
Module._load(path.join(folder, description.main ?? 'index.js'), module, true)
