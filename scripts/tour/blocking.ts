import type * as fs from 'node:fs'
import type { ElectronApplication } from '@playwright/test'

/** A time during which the main process answered nobody. Instants are milliseconds since 1970. */
export type Block = {
  readonly from: number
  readonly to: number
  /** Of it, how long (ms) it was ready to go on while the machine ran other programs; 0 where that is not told. */
  readonly waited: number
  /** Whether a window was created meanwhile. */
  readonly creating: boolean
}

export type BlockRecorder = {
  /** Ends the recording. To be called while the program still runs. */
  readonly stop: () => Promise<readonly Block[]>
}

/** A time between two instants, in milliseconds since 1970. */
export type Span = { readonly from: number; readonly to: number }

/** The longest of some blocks, in milliseconds: as a user feels it, and without the waits for a processor. */
export type Longest = { readonly felt: number; readonly own: number }

/** How often (ms) the main process says that it is free: a shorter block is not seen. */
const tick = 5

/** Records every time the main process of `app` is blocked from now on. */
export async function recordBlocks(app: ElectronApplication): Promise<BlockRecorder> {
  // The function runs in the program: nothing of this file is there but what it is given.
  const recorder = await app.evaluateHandle(({ app: running }, every) => {
    const files: typeof fs | undefined = process.mainModule?.require('node:fs')
    /** How long (ms) this thread has waited for a processor in all: Linux tells. */
    const waitedInAll = (): number => {
      if (process.platform !== 'linux' || files === undefined) return 0
      return Number(files.readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6
    }
    const blocks: { from: number; to: number; waited: number; creating: boolean }[] = []
    let last = performance.now()
    let lastWaited = waitedInAll()
    let creating = false
    const created = (): void => {
      creating = true
    }
    running.on('browser-window-created', created)
    const timer = setInterval(() => {
      const late = performance.now() - last - every
      const to = Date.now()
      const waited = waitedInAll()
      if (late >= 1) blocks.push({ from: to - late, to, waited: waited - lastWaited, creating })
      last = performance.now()
      lastWaited = waited
      creating = false
    }, every)
    return {
      blocks,
      stop: () => {
        clearInterval(timer)
        running.off('browser-window-created', created)
      },
    }
  }, tick)
  return {
    stop: () =>
      recorder.evaluate(({ blocks, stop }) => {
        stop()
        return blocks
      }),
  }
}

/**
 * The longest blocks, with those that created a window apart. What overlaps with `apart` does not count: what was done
 * to the program then is nothing that a user does.
 */
export function longestBlocks(
  blocks: readonly Block[],
  apart: readonly Span[] = [],
): { working: Longest; creatingWindow: Longest } {
  const counted = blocks.filter(
    (block) => !apart.some((span) => block.from <= span.to && block.to >= span.from),
  )
  return {
    working: longest(counted.filter(({ creating }) => !creating)),
    creatingWindow: longest(counted.filter(({ creating }) => creating)),
  }
}

function longest(blocks: readonly Block[]): Longest {
  return {
    felt: Math.max(0, ...blocks.map(({ from, to }) => to - from)),
    own: Math.max(0, ...blocks.map(({ from, to, waited }) => to - from - waited)),
  }
}
