import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ToCardProcess } from '../protocol.ts'
import type { CardProcess } from '../supervisor.ts'
import type { Behaviour } from './behaviours.ts'

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

/** A scripted card process, as its supervisor holds it and as a test looks at it. */
export type Forked = {
  readonly process: CardProcess
  readonly posted: readonly ToCardProcess[]
  readonly heard: readonly unknown[]
  /** By what it ended; null while it lives. */
  readonly ended: () => Ended | null
  /** Ends it, whatever it does. */
  readonly end: () => void
}

const script = fileURLToPath(new URL('scripted-process.ts', import.meta.url))

/** Starts a process that behaves so. */
export function forkScripted(behaviour: Behaviour): Forked {
  const child = fork(script, [behaviour], { execArgv: [], stdio: 'ignore', env: {} })
  const posted: ToCardProcess[] = []
  const heard: unknown[] = []
  let ended: Ended | null = null
  child.on('message', (message) => heard.push(message))
  child.once('exit', (code, signal) => {
    ended = { code, signal }
  })
  return {
    process: {
      pid: () => child.pid,
      post: (message) => {
        posted.push(message)
        // What is told to a process that has just ended is lost, as it is on Electron's road.
        child.send(message, () => undefined)
      },
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.once('exit', listener),
    },
    posted,
    heard,
    ended: () => ended,
    end: () => child.kill('SIGKILL'),
  }
}

/** Whether a process of this number still exists. */
export function exists(pid: number | undefined): boolean {
  if (pid === undefined) return false
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
