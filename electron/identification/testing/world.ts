import type { Clock } from '../../clock.ts'

/** Real time, and a wall clock that somebody sets. Every program has a monotonic clock of its own. */
export function world(start: string) {
  let real = 0
  let shift = 0
  const origin = Date.parse(start)
  return {
    /** The clocks of a program that starts now. */
    program: (): Clock => {
      const began = real
      return {
        now: () => new Date(origin + real + shift),
        monotonic: () => real - began,
      }
    },
    pass: (ms: number): void => {
      real += ms
    },
    /** The wall clock is set forward, or back. */
    shift: (ms: number): void => {
      shift += ms
    },
  }
}
