/** What is proved, one line each. */
export type Proof = {
  /** Proves one thing: `work` rejects, saying why, when it is not so. Resolves to whether it is. */
  readonly that: (what: string, work: () => Promise<unknown>) => Promise<boolean>
  /** Says something that proves nothing by itself. */
  readonly note: (line: string) => void
  readonly failed: () => number
  /** The last line. */
  readonly summary: () => string
}

/** Starts a proof that says each of its lines as it goes. */
export function createProof(say: (line: string) => void): Proof {
  let [proved, failed] = [0, 0]
  return {
    that: async (what, work) => {
      try {
        await work()
        proved += 1
        say(`ok      ${what}`)
        return true
      } catch (error) {
        failed += 1
        say(`FAILED  ${what}: ${reasonOf(error)}`)
        return false
      }
    },
    note: (line) => say(`        ${line}`),
    failed: () => failed,
    summary: () => `${proved} proved, ${failed} failed`,
  }
}

/** On as many lines as it takes, under what failed. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.trim().split('\n').join('\n          ')
}

/**
 * Waits for something to be there; resolves to it.
 * @throws {Error} naming it, when it does not come
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  seconds = 20,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    if (Date.now() > deadline) throw new Error(`${what}: not seen within ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
