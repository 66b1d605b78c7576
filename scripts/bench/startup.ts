import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { root } from '../bootstrap/places.mjs'
import { electronArguments, electronExecutable } from '../electron-arguments.ts'
import { memoryOf } from './memory.ts'

/** One start of a program. */
export type Start = {
  /** Milliseconds from the spawn to the bare window's `ready-to-show`, or to the launcher shown with its content. */
  readonly usable: number
  /** Proportional set size of all its processes once settled, in megabytes. */
  readonly memory: number
}

export type Program = 'bare' | 'comptoir' | 'comptoir-alone'

/** Windows created after the first one, and what follows them, have settled by then. */
const settledMs = 2500

/** Starts `program` under the probe, waits until it is usable, weighs it, and ends it. */
export async function measureStart(
  program: Program,
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<Start> {
  const bare = program === 'bare'
  // Comptoir chooses its own.
  const profile = bare ? [`--user-data-dir=${join(folder, 'bare')}`] : []
  const spawned = performance.timeOrigin + performance.now()
  const child = spawn(
    electronExecutable(),
    [join(root, 'scripts/bench/probe'), ...electronArguments(), '--log-level=3', ...profile],
    {
      env: {
        ...process.env,
        ...environment,
        PROBE_TARGET: bare ? join(root, 'scripts/bench/bare') : root,
        PROBE_ALONE: program === 'comptoir-alone' ? '1' : '0',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const ended = new Promise((resolve) => child.once('close', resolve))
  try {
    const usable = (await markOf(child.stdout, bare ? 'ready-to-show' : 'show')) - spawned
    await sleep(settledMs)
    return { usable, memory: memoryOf(child.pid ?? 0) }
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

/** When the probe has seen `event`, in milliseconds since the epoch; rejects when it never does. */
function markOf(output: Readable, event: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = ''
    // Read to the end: a probe that nobody listens to would fail.
    output.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
      for (const line of text.split('\n').slice(0, -1)) {
        const mark: { event: string; at: number } = JSON.parse(line)
        if (mark.event === event) resolve(mark.at)
      }
    })
    output.once('close', () => reject(new Error(`the program ended before « ${event} »`)))
  })
}
