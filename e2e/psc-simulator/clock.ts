/** The simulator's clock: this machine's, some seconds ahead or late. */
export type SimulatedClock = {
  /** Seconds to add to what this machine's clock says. */
  readonly offset: () => number
  readonly set: (offsetSeconds: number) => void
}

export function simulatedClock(offsetSeconds: number): SimulatedClock {
  let offset = Math.round(offsetSeconds)
  return {
    offset: () => offset,
    set: (next) => {
      offset = Math.round(next)
    },
  }
}

/** This machine's clock in seconds, the one oidc-provider counts with. */
export function machineSeconds(): number {
  return Math.floor(Date.now() / 1000)
}
