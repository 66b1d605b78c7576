/**
 * What is done about what nobody has caught in the main process. Electron would show its own dialog, with the message and
 * the stack, which may hold what was typed, then go on.
 */
export type FailureResponse = {
  /** A turn was cut off in the middle: nothing is known of what it left behind. */
  readonly cutOff: (cause: unknown) => void
  /** A task was given up, that nobody waited for: what it was to do is not done. Null: as bad as a turn cut off. */
  readonly givenUp: ((cause: unknown) => void) | null
}

export type MainFailures = {
  /** From now on. */
  readonly respond: (response: FailureResponse) => void
}

/**
 * Listens to them from now on. Until somebody responds, either ends the program: `end` says so. What follows a cut-off turn
 * is its consequence, and changes nothing any more.
 */
export function catchFailures(end: (cause: unknown) => void): MainFailures {
  let response: FailureResponse = { cutOff: end, givenUp: null }
  let isCutOff = false
  const cutOff = (cause: unknown): void => {
    if (isCutOff) return
    isCutOff = true
    response.cutOff(cause)
  }
  process.on('uncaughtException', cutOff)
  process.on('unhandledRejection', (cause) => {
    if (isCutOff) return
    const answer = response.givenUp ?? cutOff
    try {
      answer(cause)
    } catch (error) {
      cutOff(error)
    }
  })
  // The terminal that Comptoir was started from may be gone: nobody reads there, and nothing is wrong.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  return {
    respond: (next) => {
      response = next
    },
  }
}
