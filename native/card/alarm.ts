export type Alarm = {
  /** Resolves after that time, in milliseconds, or as soon as it rings; at once where it has rung since the last rest. */
  readonly rest: (ms: number) => Promise<void>
  readonly ring: () => void
}

/** Rests that can be cut short. One who rests at a time. */
export function createAlarm(): Alarm {
  let rung = false
  let wake: (() => void) | null = null
  return {
    rest: async (ms) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(0, ms))
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      wake = null
      rung = false
    },
    ring: () => {
      rung = true
      wake?.()
    },
  }
}
