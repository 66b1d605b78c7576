import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'

const START_MS = 15_000
// Whatever ends this process, even a kill, ends its children.
const TIED = ['--pdeathsig', 'TERM']

/**
 * @typedef {object} Display
 * @property {string} name what DISPLAY must be, ":99" for instance
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a virtual display with a window manager, on a free number. It ends with `stop` or with this process.
 * @param {{ width?: number, height?: number }} [size] 1920 by 1080 unless told
 * @returns {Promise<Display>}
 * @throws {Error} when Xvfb or openbox does not start
 */
export async function startDisplay({ width = 1920, height = 1080 } = {}) {
  const screen = ['-screen', '0', `${width}x${height}x24`, '-dpi', '96', '-noreset', '-nolisten', 'tcp']
  const server = spawn('setpriv', [...TIED, 'Xvfb', '-displayfd', '3', ...screen], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  const name = `:${await firstWord(server, 'Xvfb', server.stdio[3])}`
  // openbox runs the startup command once it manages windows.
  const manager = spawn('setpriv', [...TIED, 'openbox', '--sm-disable', '--startup', 'echo ready'], {
    env: { ...process.env, DISPLAY: name },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await firstWord(manager, 'openbox', manager.stdout).catch((error) => {
    server.kill()
    throw error
  })
  return {
    name,
    stop: async () => {
      for (const child of [manager, server]) {
        if (child.exitCode !== null || child.signalCode !== null) continue
        child.kill()
        await once(child, 'exit')
      }
    },
  }
}

/**
 * What a child first writes on a stream, which tells that it is ready.
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} name
 * @param {unknown} stream
 * @returns {Promise<string>}
 */
function firstWord(child, name, stream) {
  return new Promise((resolve, reject) => {
    let complaint = ''
    child.stderr?.on('data', (text) => (complaint += String(text)))
    const timer = setTimeout(() => child.kill(), START_MS)
    child.once('error', reject)
    child.once('exit', () => {
      clearTimeout(timer)
      reject(new Error(`${name} did not start: ${complaint.trim()}`))
    })
    if (stream instanceof Readable) {
      stream.once('data', (text) => {
        clearTimeout(timer)
        resolve(String(text).trim())
      })
    }
  })
}
