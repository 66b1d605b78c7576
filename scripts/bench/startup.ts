import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { root } from '../bootstrap/places.mjs'
import { electronArguments, electronExecutable } from '../electron-arguments.ts'
import { memoryOf } from './memory.ts'
import type { Screen } from './screen.ts'

/** One start of a program. */
export type Start = {
  /** Milliseconds from the spawn to the window with its text on the screen. */
  readonly usable: number
  /** Proportional set size of all its processes once settled, in megabytes. */
  readonly memory: number
}

export type Program = 'bare' | 'comptoir' | 'comptoir-alone'

/** Windows created after the first one, and what follows them, have settled by then. */
const settledMs = 2500

/** Starts `program` on `screen`, under the probe, waits until it is usable, weighs it, and ends it. */
export async function measureStart(
  program: Program,
  folder: string,
  environment: Readonly<Record<string, string>>,
  screen: Screen,
): Promise<Start> {
  const bare = program === 'bare'
  // Comptoir chooses its own.
  const profile = bare ? [`--user-data-dir=${join(folder, 'bare')}`] : []
  const spawned = performance.now()
  const child = spawn(
    electronExecutable(),
    [join(root, 'scripts/bench/probe'), ...electronArguments(), '--log-level=3', ...profile],
    {
      env: {
        ...process.env,
        ...environment,
        DISPLAY: screen.name,
        PROBE_TARGET: bare ? join(root, 'scripts/bench/bare') : root,
        PROBE_ALONE: program === 'comptoir-alone' ? '1' : '0',
      },
      stdio: 'ignore',
    },
  )
  const ended = once(child, 'close')
  const gone = ended.then(() => Promise.reject(new Error(`${program} ended before it showed anything`)))
  try {
    const usable = (await Promise.race([screen.drawn(), gone])) - spawned
    await sleep(settledMs)
    return { usable, memory: memoryOf(child.pid ?? 0) }
  } finally {
    child.kill('SIGKILL')
    await ended
    await screen.cleared()
  }
}
