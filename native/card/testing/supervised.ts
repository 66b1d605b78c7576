import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, onTestFinished, vi } from 'vitest'
import type { CardSnapshot } from '../states.ts'
import { CardProcessError, createCardSupervisor } from '../supervisor.ts'
import type { Behaviour } from './behaviours.ts'
import { forkScripted, type Forked } from './forked.ts'

/** Waits for a process that is really another one, while the supervisor's timers stand still. */
export async function until(check: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000
  while (!check()) {
    if (performance.now() > deadline) throw new Error('it never came')
    await nextTurn()
  }
}

/** What a call was rejected with; it is listened to from the start. */
export async function reasonOf(call: Promise<unknown>): Promise<CardProcessError['reason']> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof CardProcessError) return error.reason
  throw new Error('not rejected', { cause: error })
}

/** Time passes for the supervisor. */
export function pass(ms: number): void {
  vi.advanceTimersByTime(ms)
}

/** A supervisor of real processes, each of the next behaviour, the last one for all that follow; only `pass` moves time. */
export function supervise(...behaviours: [Behaviour, ...Behaviour[]]) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  let slept = 0
  const kill = vi.spyOn(process, 'kill')
  const children: Forked[] = []
  const shown: CardSnapshot[] = []
  const notes: string[] = []
  const supervisor = createCardSupervisor({
    fork: () => {
      const child = forkScripted(behaviours[children.length] ?? behaviours.at(-1) ?? 'sound')
      children.push(child)
      return child.process
    },
    modulePath: '/opt/cps.so',
    remote: 'citrix',
    monotonic: () => Date.now() + slept,
    newReference: () => `R-${children.length + 1}`,
    note: (text, reference) => notes.push(`${reference}: ${text}`),
    changed: (snapshot) => shown.push(snapshot),
  })
  onTestFinished(async () => {
    void supervisor.stop()
    for (const child of children) child.end()
    kill.mockRestore()
    vi.useRealTimers()
    await until(() => children.every(({ ended }) => ended() !== null))
  })

  const last = (): Forked => {
    const child = children.at(-1)
    if (child === undefined) throw new Error('none yet')
    return child
  }
  const stateKind = () => supervisor.snapshot().state.kind
  const showsCard = () => until(() => stateKind() === 'card')
  const hears = async (count: number): Promise<void> => {
    const child = last()
    const before = child.heard.length
    await until(() => child.heard.length >= before + count)
  }
  return {
    supervisor,
    children,
    shown,
    notes,
    last,
    stateKind,
    showsCard,
    /** The processes that were killed. */
    killed: () => kill.mock.calls.flatMap(([pid, signal]) => (signal === 'SIGKILL' ? [pid] : [])),
    /** Waits for so many messages more of the last process. */
    hears,
    /** The machine sleeps: its monotonic clock goes on, its timers do not. */
    sleep: (ms: number) => {
      slept += ms
    },
    /** A process starts, and shows its card. */
    begin: async () => {
      supervisor.start()
      await showsCard()
    },
    /** It lives so long, and answers all the while. */
    live: async (ms: number) => {
      for (let left = ms; left > 0; left -= 5000) {
        pass(Math.min(left, 5000))
        supervisor.refresh()
        await hears(2)
      }
    },
    /** What « Tester ma carte » sets off ends it. */
    crash: async () => {
      const { ended } = last()
      const reason = await reasonOf(supervisor.test())
      expect([reason, ended()]).toEqual(['ended', expect.anything()])
    },
    /** The next process starts when exactly so much time has passed. */
    startsAfter: (ms: number) => {
      const before = children.length
      pass(ms - 1)
      expect(children).toHaveLength(before)
      pass(1)
      expect(children).toHaveLength(before + 1)
    },
  }
}
