'use strict'
// Main file of a test package: the globals that the Node of an old Electron lacks, as the host of
// e2e/support/electron-runtime gives them in development. Product code needs nothing of it.

const { app } = require('electron')
const { webcrypto } = require('node:crypto')

globalThis.crypto ??= webcrypto
globalThis.CryptoKey ??= webcrypto.CryptoKey
// See the host: under a debugger, its Node may not end.
app.once('quit', (_event, exitCode) => process.reallyExit(exitCode))

require('./main.cjs')
