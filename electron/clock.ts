import { performance } from 'node:perf_hooks'

/** The two times a program needs, injected everywhere so that tests decide of them. */
export type Clock = {
  /** The wall clock: what is written down. It may be set back. */
  readonly now: () => Date
  /** Milliseconds that only ever grow: what durations are measured with. */
  readonly monotonic: () => number
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
}
