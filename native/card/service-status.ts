import type { Observation } from './observation.ts'
import type { PcscSnapshot } from './readers.ts'

/** How often the system is asked whether a reader is plugged in, while PC/SC does not run. In milliseconds. */
const checkMs = 30_000

export type ServiceStatus = {
  readonly status: () => Observation['service']
  readonly take: (snapshot: PcscSnapshot) => void
  /** Looks for a reader where that is worth it. `now`: milliseconds of the monotonic clock. */
  readonly check: (now: number) => void
}

/**
 * Whether PC/SC runs, and whether it should: Windows stops it itself when the last reader is unplugged, and starts it
 * with the first one.
 */
export function createServiceStatus(parts: {
  readerIsPlugged: () => Promise<boolean>
  platform: string
  changed: () => void
}): ServiceStatus {
  const { readerIsPlugged, platform, changed } = parts
  let service: PcscSnapshot['service'] = 'unknown'
  let hadReaders = false
  let plugged = false
  let nextCheck = 0

  const look = async (): Promise<void> => {
    plugged = await readerIsPlugged().catch(() => false)
    changed()
  }

  return {
    status: () => {
      if (service !== 'stopped') return service
      return plugged || (hadReaders && platform !== 'win32') ? 'stopped-with-reader' : 'stopped'
    },
    take: (snapshot) => {
      service = snapshot.service
      if (service === 'running') hadReaders = snapshot.readers.length > 0
      if (service !== 'stopped') nextCheck = 0
      if (service !== 'stopped') plugged = false
    },
    check: (now) => {
      if (service !== 'stopped' || now < nextCheck) return
      nextCheck = now + checkMs
      void look()
    },
  }
}
