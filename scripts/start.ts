// `npm start`: the demonstration in the real windows. Without a display, scripts/run.mjs plays the tour instead.

import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { root } from './bootstrap/places.mjs'
import { writeDemonstration, type Demonstration } from './demonstration/data.ts'
import { servePages } from './demonstration/pages.ts'
import type { Surroundings } from './demonstration/settings.ts'
import { startDemonstrationPsc } from './demonstration/simulator.ts'
import { pharmacy } from './demonstration/team.ts'
import { whyNotWritten } from './demonstration/why-not-written.ts'
import { electronArguments, electronExecutable } from './electron-arguments.ts'

const DISK = 74
/** Chromium complains of every machine without D-Bus or GPU: our few lines would be lost in that. */
const QUIET = '--log-level=3'

const folder = join(root, 'demonstration')
const hasProcessGroups = process.platform !== 'win32'

/** Plays the demonstration until its window is closed. Returns the exit code. */
async function demonstrate(): Promise<number> {
  const electron = electronExecutable()
  const [pages, psc] = await Promise.all([servePages(), startDemonstrationPsc()])
  try {
    const demonstration = await prepare({ electron, pagesUrl: pages.url, psc })
    if (demonstration === null) return DISK
    tell(pages.url, psc.url, demonstration)
    return await ended(launch(electron, demonstration))
  } finally {
    await Promise.all([pages.stop(), psc.stop()])
  }
}

/** Returns null, having said why, when the demonstration cannot be written. */
async function prepare(surroundings: Omit<Surroundings, 'folder'>): Promise<Demonstration | null> {
  try {
    return await writeDemonstration(folder, surroundings)
  } catch (error) {
    const reason = whyNotWritten(error)
    if (reason === null) throw error
    console.error(`The demonstration cannot be written: ${reason}. Remove ${folder} to begin anew.`)
    return null
  }
}

function launch(electron: string, { config, dataDir }: Demonstration): ChildProcess {
  return spawn(electron, [root, QUIET, ...electronArguments()], {
    cwd: root,
    env: { ...process.env, COMPTOIR_CONFIG: config, COMPTOIR_DATA_DIR: dataDir },
    stdio: ['ignore', 'inherit', 'inherit'],
    // In a group of its own, Control-C reaches Electron once, through us: twice would be a kill.
    detached: hasProcessGroups,
  })
}

function tell(pagesUrl: string, pscUrl: string, { operators }: Demonstration): void {
  console.error(`Comptoir as ${pharmacy}, kept in ${folder}; remove that folder to begin anew.`)
  for (const { code, password, rpps } of operators) {
    console.error(`  code ${code}  password "${password}"${rpps === null ? '' : `  RPPS ${rpps}`}`)
  }
  console.error(`The web modules are served at ${pagesUrl}, Pro Santé Connect is simulated at ${pscUrl}.`)
  console.error('Close the window or type Control-C to end.')
}

/** Waits for a child to end, handing it what asks us to end. Returns its exit code, as shells have it. */
function ended(child: ChildProcess): Promise<number> {
  if (hasProcessGroups) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => child.kill(signal))
  } else {
    // Windows has sent it Control-C already.
    process.on('SIGINT', () => undefined)
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)))
  })
}

process.exitCode = await demonstrate()
