import { setTimeout as sleep } from 'node:timers/promises'

const firstPauseMs = 250
const longestPauseMs = 5000

export type EventualWriter<T> = {
  readonly add: (item: T) => void
  /** What is still to be written, in order. */
  readonly waiting: () => readonly T[]
  /** The first `count` of them are on the disk. */
  readonly written: (count: number) => void
  /** Tries again at once and waits at most `deadlineMs`; resolves to how many items are still unwritten. */
  readonly flush: (deadlineMs: number) => Promise<number>
}

/**
 * A queue in memory. `write` writes what is waiting and says so by `written`; it is called again after pauses of
 * 0.25 s doubling up to 5 s for as long as it rejects.
 */
export function createEventualWriter<T>(write: () => Promise<void>): EventualWriter<T> {
  const queue: T[] = []
  let draining: Promise<void> | null = null
  let pause = new AbortController()

  const drain = async (): Promise<void> => {
    let pauseMs = firstPauseMs
    while (queue.length > 0) {
      try {
        await write()
        pauseMs = firstPauseMs
      } catch {
        pause = new AbortController()
        // Unreferenced: a program that is ending does not wait for a database that does not answer.
        await sleepUnless(pause.signal, pauseMs, { ref: false })
        pauseMs = Math.min(pauseMs * 2, longestPauseMs)
      }
    }
    draining = null
  }

  return {
    add: (item) => {
      queue.push(item)
      draining ??= Promise.resolve().then(drain)
    },
    waiting: () => [...queue],
    written: (count) => queue.splice(0, count),
    flush: async (deadlineMs) => {
      pause.abort()
      const deadline = new AbortController()
      await Promise.race([draining, sleepUnless(deadline.signal, deadlineMs)])
      deadline.abort()
      return queue.length
    },
  }
}

async function sleepUnless(signal: AbortSignal, ms: number, options: { ref?: boolean } = {}): Promise<void> {
  try {
    await sleep(ms, undefined, { ...options, signal })
  } catch {
    // Aborted: the sleep is over.
  }
}
