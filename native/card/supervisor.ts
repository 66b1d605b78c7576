import {
  fromCardProcess,
  silenceMs,
  type CardTest,
  type RemoteSession,
  type ToCardProcess,
} from './protocol.ts'
import { searching, type CardSnapshot, type CardState, type UnusableReason } from './states.ts'

/** The card process as its parent holds it: Electron's utility process, or a fork of Node's in tests. */
export type CardProcess = {
  readonly pid: () => number | undefined
  readonly post: (message: ToCardProcess) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
  /** Once: by whatever it ended. Its exit code says nothing (Electron gives 0 after a segmentation fault: measured). */
  readonly onExit: (listener: () => void) => void
}

/** Why a request to the card process has no answer. */
export class CardProcessError extends Error {
  readonly reason: 'ended' | 'hung' | 'stopped' | 'too-slow'
  /** That of the run which gave none: the technical log has it too. */
  readonly reference: string

  constructor(reason: CardProcessError['reason'], reference: string) {
    super(`the card process gave no answer: ${reason}`)
    this.name = 'CardProcessError'
    this.reason = reason
    this.reference = reference
  }
}

export type CardSupervisor = {
  readonly start: () => void
  /** What is known of the card now. */
  readonly snapshot: () => CardSnapshot
  /** Reads everything again. */
  readonly refresh: () => void
  /** The card of this RPPS has just been used with its code. */
  readonly loggedIn: (rpps: string) => void
  /** Reads everything again, and says how long it took. Rejects with `CardProcessError`. */
  readonly test: () => Promise<CardTest>
  /** Ends the process, for good. Resolves once it is gone; it has a second for it. */
  readonly stop: () => Promise<void>
}

/** What is noted of the card process, in closed words. */
export type CardNote =
  | 'the card process said what it may not say'
  | `the card process ${'did not answer' | 'ended'} (${number} in a row)`
  | 'the card: restarting'
  | `the card: cryptolib-unusable (${UnusableReason})`

type Parts = {
  fork: () => CardProcess
  modulePath: string | null
  remote: RemoteSession | null
  /** In milliseconds; does not follow the wall clock. */
  monotonic: () => number
  newReference: () => string
  /** The technical log. */
  note: (note: CardNote, reference: string) => void
  changed: (snapshot: CardSnapshot) => void
}

/** After each failure in a row, in milliseconds; the last one for ever. */
const backOff = [250, 1000, 5000, 30_000] as const
/** A process that has lived this long is healthy: the next failure is a first one. */
const healthyMs = 60_000
/** A machine that is just waking or starting takes its time over a new process. */
const firstAnswerMs = 20_000
const stopMs = 1000
/** Of the time for an answer, what is left to one that is waiting to be heard. */
const graceMs = 500
const sleptMs = 2000
/** « Tester ma carte » is given up then: the slowest card read in 4 s, without any cache (cryptolib-measured.md §4). */
const testMs = 15_000

type Run = {
  readonly process: CardProcess
  readonly reference: string
  readonly since: number
  readonly pending: Map<number, (answer: CardTest | CardProcessError) => void>
  watchdog: NodeJS.Timeout | undefined
  why: 'ended' | 'hung'
}

/** Keeps the card process alive: starts it, watches it answer, kills it when it hangs, and starts it again. */
export function createCardSupervisor(parts: Parts): CardSupervisor {
  const { fork, modulePath, remote, monotonic, newReference, note, changed } = parts
  let snapshot = searching
  let run: Run | null = null
  let failures = 0
  let restart: NodeJS.Timeout | undefined
  let stopping: Promise<void> | null = null
  let lastId = 0
  let lastReference = newReference()

  const show = (next: CardSnapshot): void => {
    if (JSON.stringify(next) === JSON.stringify(snapshot)) return
    snapshot = next
    changed(next)
  }

  const watch = (current: Run, patienceMs: number): void => {
    clearTimeout(current.watchdog)
    const armed = monotonic()
    current.watchdog = setTimeout(() => {
      // This machine slept: nobody could answer.
      if (monotonic() - armed > patienceMs + sleptMs) return watch(current, patienceMs)
      // Where this process itself was kept from hearing, the answer comes first now.
      current.watchdog = setTimeout(() => {
        current.why = 'hung'
        if (!kill(current.process)) end(current)
      }, graceMs)
    }, patienceMs - graceMs)
  }

  const hear = (current: Run, raw: unknown): void => {
    if (run !== current) return
    const { data: message } = fromCardProcess.safeParse(raw)
    if (message === undefined) return note('the card process said what it may not say', current.reference)
    switch (message.kind) {
      case 'beat':
        return watch(current, silenceMs)
      case 'snapshot': {
        // A new process begins anew; who has seen the old one fail wants to see the end of it.
        const restarting =
          snapshot.state.kind === 'restarting' || snapshot.state.kind === 'cryptolib-unusable'
        const { state, cryptolib } = message.snapshot
        if ('reference' in state && state.kind !== snapshot.state.kind) {
          note(noteOf(state), state.reference)
        }
        const settled = state.kind !== 'searching' && state.kind !== 'reading'
        return show(
          restarting && !settled
            ? { ...message.snapshot, state: snapshot.state, cryptolib: cryptolib ?? snapshot.cryptolib }
            : message.snapshot,
        )
      }
      case 'tested':
        return current.pending.get(message.id)?.(message.test)
      default:
        return message
    }
  }

  const end = (current: Run): void => {
    if (run !== current) return
    run = null
    clearTimeout(current.watchdog)
    for (const answer of current.pending.values())
      answer(new CardProcessError(current.why, current.reference))
    if (monotonic() - current.since >= healthyMs) failures = 0
    const { reference } = current
    const delay = backOff[Math.min(failures, backOff.length - 1)]
    failures += 1
    note(
      `the card process ${current.why === 'hung' ? 'did not answer' : 'ended'} (${failures} in a row)`,
      reference,
    )
    show({ ...snapshot, state: failedState(reference), readers: [], events: false })
    restart = setTimeout(begin, delay)
  }

  /** Once every back-off has been tried, it is the library that is at fault. */
  const failedState = (reference: string): CardSnapshot['state'] =>
    failures > backOff.length && snapshot.cryptolib !== null
      ? { kind: 'cryptolib-unusable', path: snapshot.cryptolib.path, reason: 'not-initialised', reference }
      : { kind: 'restarting', reference }

  const begin = (): void => {
    clearTimeout(restart)
    const reference = newReference()
    lastReference = reference
    const current: Run = {
      process: fork(),
      reference,
      since: monotonic(),
      pending: new Map(),
      watchdog: undefined,
      why: 'ended',
    }
    run = current
    current.process.onMessage((message) => hear(current, message))
    current.process.onExit(() => end(current))
    watch(current, firstAnswerMs)
    current.process.post({ kind: 'start', modulePath, remote, reference })
  }

  const endForGood = (): Promise<void> =>
    new Promise((resolve) => {
      clearTimeout(restart)
      const last = run
      run = null
      if (last === null) return resolve()
      clearTimeout(last.watchdog)
      for (const answer of last.pending.values()) answer(new CardProcessError('stopped', last.reference))
      const late = setTimeout(() => {
        if (!kill(last.process)) resolve()
      }, stopMs)
      last.process.onExit(() => {
        clearTimeout(late)
        resolve()
      })
      last.process.post({ kind: 'stop' })
    })

  return {
    start: () => {
      if (run === null && stopping === null) begin()
    },
    snapshot: () => snapshot,
    refresh: () => run?.process.post({ kind: 'refresh' }),
    loggedIn: (rpps) => run?.process.post({ kind: 'logged-in', rpps }),
    test: () =>
      new Promise((resolve, reject) => {
        const asked = run
        if (asked === null)
          return reject(new CardProcessError(stopping === null ? 'ended' : 'stopped', lastReference))
        const id = ++lastId
        const settle = (answer: CardTest | CardProcessError): void => {
          clearTimeout(late)
          asked.pending.delete(id)
          if (answer instanceof CardProcessError) reject(answer)
          else resolve(answer)
        }
        const late = setTimeout(() => settle(new CardProcessError('too-slow', asked.reference)), testMs)
        asked.pending.set(id, settle)
        asked.process.post({ kind: 'test', id })
      }),
    stop: () => (stopping ??= endForGood()),
  }
}

function noteOf(state: Extract<CardState, { reference: string }>): CardNote {
  return state.kind === 'restarting' ? 'the card: restarting' : `the card: ${state.kind} (${state.reason})`
}

/**
 * At once: a call into the vendor's library that never returns keeps a process from ending in any other way. Whether
 * there was anything to kill.
 */
function kill(child: CardProcess): boolean {
  const pid = child.pid()
  if (pid === undefined) return false
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    // It has just ended by itself, and its end is on the way.
    return true
  }
}
