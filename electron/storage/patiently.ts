import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { StorageError } from './storage-error.ts'

const busyRetryMs = 25
const busyPatienceMs = 5000

/**
 * Repeats `attempt` while it rejects with `StorageError('busy')`, every 25 ms up to 5 s. SQLite itself is told
 * not to wait: its waiting would block the process. Any other rejection, and the last one, is passed on as is.
 */
export async function patiently<T>(clock: Clock, attempt: () => Promise<T>): Promise<T> {
  const deadline = clock.monotonic() + busyPatienceMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      const busy = error instanceof StorageError && error.kind === 'busy'
      if (!busy || clock.monotonic() >= deadline) throw error
    }
    await sleep(busyRetryMs)
  }
}
