/** In milliseconds; the last one for ever. */
const backOffMs = [500, 1000, 5000, 30_000] as const
/** Who has had no trouble for this long begins anew. In milliseconds. */
const healthyMs = 60_000

export type Reinitialisation = {
  /** Asks for Cryptolib to be initialised again, after the back-off. */
  readonly request: (now: number) => void
  /** Cryptolib answers: what was asked for is not needed any more. */
  readonly cancel: () => void
  /** Whether it is time; who asks does it. */
  readonly takeDue: (now: number) => boolean
  /** When it will be time; null where nothing is asked for. */
  readonly dueAt: () => number | null
}

/**
 * When Cryptolib is initialised again: what ails it may ail it for long, and each time costs every session. Times in
 * milliseconds, of the monotonic clock.
 */
export function createReinitialisation(): Reinitialisation {
  let dueAt: number | null = null
  let attempts = 0
  let lastRequest = Number.NEGATIVE_INFINITY
  return {
    request: (now) => {
      if (now - lastRequest >= healthyMs) attempts = 0
      lastRequest = now
      dueAt ??= now + (backOffMs[attempts] ?? 30_000)
    },
    cancel: () => {
      dueAt = null
    },
    takeDue: (now) => {
      if (dueAt === null || now < dueAt) return false
      dueAt = null
      attempts = Math.min(attempts + 1, backOffMs.length - 1)
      return true
    },
    dueAt: () => dueAt,
  }
}
