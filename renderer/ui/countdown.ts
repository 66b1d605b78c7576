/** Whole seconds left at `now` before `deadline` (both in ms of one clock), as a person counts them. */
export function secondsLeft(deadline: number, now: number): number {
  return Math.max(0, Math.ceil((deadline - now) / 1000))
}

/** Milliseconds until the number above changes; null once it has reached 0. */
export function untilNextSecond(deadline: number, now: number): number | null {
  const left = secondsLeft(deadline, now)
  return left === 0 ? null : deadline - (left - 1) * 1000 - now
}

/** The seconds at which a screen reader is told: at the opening, then at 10. Returns the last of them reached. */
export function announcedSeconds(opening: number, left: number): number {
  return left <= 10 && opening > 10 ? 10 : opening
}
