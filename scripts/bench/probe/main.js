'use strict'
// Runs the program in PROBE_TARGET unchanged, and writes on standard output, a JSON line each, when its first window
// is ready and shown (microseconds since the epoch, as `performance` has it). PROBE_ALONE: no other window is kept.

const { app } = require('electron')
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { performance } = require('node:perf_hooks')

const target = process.env.PROBE_TARGET
const alone = process.env.PROBE_ALONE === '1'

/** @param {string} event */
function mark(event) {
  process.stdout.write(`${JSON.stringify({ event, at: performance.timeOrigin + performance.now() })}\n`)
}

mark('main')
app.once('ready', () => mark('ready'))
let first = true
app.on('browser-window-created', (_event, window) => {
  if (!first) {
    if (alone) setImmediate(() => window.destroy())
    return
  }
  first = false
  mark('created')
  window.once('ready-to-show', () => mark('ready-to-show'))
  window.once('show', () => mark('show'))
})

const description = JSON.parse(readFileSync(path.join(target, 'package.json'), 'utf8'))
app.setAppPath(target)
app.setName(description.productName ?? description.name)
require(path.join(target, description.main))
