import { setTimeout as sleep } from 'node:timers/promises'

const firstPauseMs = 250
const longestPauseMs = 5000

export type EventualWriter<T> = {
  readonly add: (item: T) => void
  /** Tries again at once and waits at most `deadlineMs`; resolves to how many items are still unwritten. */
  readonly flush: (deadlineMs: number) => Promise<number>
}

/**
 * A queue in memory, written in order and all at once by `write`, which is called again after pauses of 0.25 s
 * doubling up to 5 s for as long as it rejects.
 */
export function createEventualWriter<T>(write: (items: readonly T[]) => Promise<void>): EventualWriter<T> {
  const queue: T[] = []
  let draining: Promise<void> | null = null
  let pause = new AbortController()

  const drain = async (): Promise<void> => {
    let pauseMs = firstPauseMs
    while (queue.length > 0) {
      const batch = [...queue]
      try {
        await write(batch)
        queue.splice(0, batch.length)
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
