import { Worker } from 'node:worker_threads'

export const minimumBits = 50
export const maximumCharacters = 128

/** What to tell about a password, the most useful thing first; each code has its French sentence. */
export const passwordAdvices = [
  'enough',
  'too-long',
  'empty',
  'own-words',
  'common-password',
  'common-words',
  'names',
  'keyboard-row',
  'repetition',
  'sequence',
  'date',
  'too-short',
] as const
export type PasswordAdvice = (typeof passwordAdvices)[number]

export type PasswordScore = {
  /** Estimated entropy: log2 of the guesses it takes. */
  readonly bits: number
  /** At least 50 bits and at most 128 characters. */
  readonly enough: boolean
  readonly advice: PasswordAdvice
}

export type ScoreRequest = {
  readonly id: number
  readonly password: string
  readonly words: readonly string[]
}
export type ScoreAnswer = { readonly id: number; readonly score: PasswordScore }

export type PasswordScorer = {
  /**
   * Scores a password; `words` are what an attacker would try first (names, code, pharmacy). Rejects when the worker
   * fails: nothing is then known about the password.
   */
  readonly score: (password: string, words: readonly string[]) => Promise<PasswordScore>
  readonly close: () => Promise<void>
}

const defaultIdleMs = 30_000

/**
 * Scores in a worker thread, whose dictionaries take a noticeable time to build: it is started on first use and
 * ended after `idleMs` without a question. `workerFile` is the path of password-strength.worker as built.
 */
export function createPasswordScorer({
  workerFile,
  idleMs = defaultIdleMs,
}: {
  workerFile: string
  idleMs?: number
}): PasswordScorer {
  const pending = new Map<
    number,
    { resolve: (score: PasswordScore) => void; reject: (error: Error) => void }
  >()
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let lastId = 0

  const end = async (ended: Worker): Promise<void> => {
    if (worker === ended) worker = null
    await ended.terminate()
  }

  const start = (): Worker => {
    const started = new Worker(workerFile)
    started.on('message', ({ id, score }: ScoreAnswer) => {
      pending.get(id)?.resolve(score)
      pending.delete(id)
      if (pending.size > 0) return
      // Neither an idle worker nor its end keeps the program alive.
      started.unref()
      idle = setTimeout(() => void end(started), idleMs).unref()
    })
    started.on('error', (error) => fail(started, error))
    started.on('exit', () => fail(started, new Error('the scoring worker has ended')))
    return started
  }

  const fail = (failed: Worker, error: Error): void => {
    if (worker !== failed) return
    worker = null
    for (const { reject } of pending.values()) reject(error)
    pending.clear()
  }

  return {
    score: (password, words) =>
      new Promise((resolve, reject) => {
        clearTimeout(idle)
        worker ??= start()
        worker.ref()
        const id = ++lastId
        pending.set(id, { resolve, reject })
        worker.postMessage({ id, password, words } satisfies ScoreRequest, [])
      }),
    close: async () => {
      clearTimeout(idle)
      if (worker === null) return
      const ended = worker
      fail(ended, new Error('the scorer is closed'))
      await end(ended)
    },
  }
}
