import type { Clock } from '../clock.ts'
import type { Fetch } from './fetch.ts'
import type { PscState } from './state.ts'

/** How the provider answers, by the last that was asked of it. */
export type Answering = Exclude<PscState, { kind: 'off' | 'impeded' }>

/**
 * The state of Pro Santé Connect. Whatever is asked of it tells; where nothing is, its discovery is asked for, never
 * within a minute of anything else.
 */
export type Availability = {
  readonly state: () => Answering
  /** The same, and what becomes of each request tells. */
  readonly watched: (transport: Fetch) => Fetch
  /** Asks from now on, the first time some seconds later: when the launcher is painted, and after the computer's sleep. */
  readonly start: () => void
  /** Asks nothing until the next `start`: the computer goes to sleep. */
  readonly stop: () => void
}

type Parts = {
  clock: Pick<Clock, 'monotonic'>
  discoveryUrl: string
  /** What requests are made with, watched; null while this workstation lacks what it takes. */
  transport: () => Promise<Fetch | null>
  changed: () => void
}

/** The network may not be there yet when the computer is just started, or awake again. */
const firstMs = 5000
const wellMs = 5 * 60_000
/** How soon it is asked again while it is not well; no two questions of ours are closer, nor one to anything else. */
const leastMs = 60_000
const slowMs = 2000

export function createAvailability({ clock, discoveryUrl, transport, changed }: Parts): Availability {
  let state: Answering = { kind: 'unknown' }
  let lastAsked = -Infinity
  let awake = false
  let timer: NodeJS.Timeout | undefined

  const become = (next: Answering): void => {
    const known = state
    state = next
    if (JSON.stringify(known) !== JSON.stringify(next)) changed()
  }

  /** Asks so long after the last question, but not before `soonest`. */
  const arm = (soonest = 0, pause = state.kind === 'available' ? wellMs : leastMs): void => {
    clearTimeout(timer)
    const left = lastAsked + pause - clock.monotonic()
    if (awake) timer = setTimeout(() => void ask(), Math.max(soonest, left))
  }
  const asked = (): void => {
    lastAsked = clock.monotonic()
    arm()
  }

  const ask = async (): Promise<void> => {
    const ready = await transport().catch(() => null)
    if (!awake) return
    if (ready === null) return asked()
    // Somebody's identification has begun meanwhile.
    if (clock.monotonic() - lastAsked < leastMs) return arm()
    const headers = { accept: 'application/json' }
    const request = { method: 'GET', headers, body: undefined, redirect: 'manual' } as const
    await ready.fetch(discoveryUrl, request).catch(() => undefined)
  }

  const watched = (transport: Fetch): Fetch => ({
    ...transport,
    fetch: async (url, request) => {
      const began = clock.monotonic()
      asked()
      try {
        const answer = await transport.fetch(url, request)
        const tookMs = clock.monotonic() - began
        const minutes = transport.wrongMinutes()
        if (url === discoveryUrl && !isMetadata(answer)) become({ kind: 'unavailable' })
        else if (minutes !== null) become({ kind: 'clock-wrong', minutes })
        else become({ kind: tookMs > slowMs ? 'slow' : 'available' })
        return answer
      } catch (error) {
        become({ kind: 'unavailable' })
        throw error
      } finally {
        asked()
      }
    },
  })

  return {
    state: () => state,
    watched,
    start: () => {
      awake = true
      // Some systems stop the monotonic clock while they sleep: what was known is old, whatever it says.
      arm(firstMs, leastMs)
    },
    stop: () => {
      awake = false
      clearTimeout(timer)
    },
  }
}

/** What a hotel's network or a maintenance answers is a page. */
function isMetadata(answer: Response): boolean {
  return answer.ok && (answer.headers.get('content-type') ?? '').startsWith('application/json')
}
