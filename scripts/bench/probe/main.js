'use strict'
// Runs the program in PROBE_TARGET unchanged. PROBE_ALONE: no window but its first is kept.

const { app } = require('electron')
const { readFileSync } = require('node:fs')
const path = require('node:path')

const target = process.env.PROBE_TARGET

let first = true
app.on('browser-window-created', (_event, window) => {
  if (!first && process.env.PROBE_ALONE === '1') setImmediate(() => window.destroy())
  first = false
})

const description = JSON.parse(readFileSync(path.join(target, 'package.json'), 'utf8'))
app.setAppPath(target)
app.setName(description.productName ?? description.name)
require(path.join(target, description.main))
