import { fork } from 'node:child_process'
import { join } from 'node:path'
import { fromCardProcess, type CardTest, type ToCardProcess } from '../protocol.ts'
import { searching, type CardSnapshot, type CardState, type CardStateKind } from '../states.ts'

/** The card process as the main process starts it, but for Electron. */
export type StartedCardProcess = {
  readonly pid: number
  /** All that it has shown, in order. */
  readonly shown: readonly CardSnapshot[]
  readonly snapshot: () => CardSnapshot
  /** Resolves once a state of this kind, and as told, is shown. Rejects when the process ends before, or after 20 s. */
  readonly shows: <Kind extends CardStateKind>(
    kind: Kind,
    such?: (state: Extract<CardState, { kind: Kind }>) => boolean,
  ) => Promise<Extract<CardState, { kind: Kind }>>
  readonly beats: () => number
  readonly post: (message: object) => void
  readonly test: () => Promise<CardTest>
  /** As when its parent goes. */
  readonly disconnect: () => void
  readonly ended: () => boolean
  /** Resolves to the signal that has ended it, or to its exit code. */
  readonly end: Promise<string | number | null>
  readonly kill: () => Promise<void>
}

type Options = {
  readonly modulePath: string | null
  /** Node's path, or that of a program that runs it elsewhere. */
  readonly execPath?: string
  readonly env?: Record<string, string>
  /** Without the first message. */
  readonly unstarted?: boolean
}

const patienceMs = 20_000

/** Starts it, of this reference: `R-1`. */
export function startCardProcess({ modulePath, execPath, env, unstarted }: Options): StartedCardProcess {
  const child = fork(join(import.meta.dirname, '../card-process.ts'), [], {
    execPath: execPath ?? process.execPath,
    execArgv: [],
    env: env ?? { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const shown: CardSnapshot[] = []
  const listeners = new Set<() => void>()
  const tested = new Map<number, (test: CardTest) => void>()
  let beats = 0
  let ended = false

  child.on('message', (raw) => {
    const message = fromCardProcess.parse(raw)
    if (message.kind === 'beat') beats += 1
    if (message.kind === 'snapshot') shown.push(message.snapshot)
    if (message.kind === 'tested') tested.get(message.id)?.(message.test)
    for (const listener of listeners) listener()
  })
  const end = new Promise<string | number | null>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = true
      for (const listener of listeners) listener()
      resolve(signal ?? code)
    })
  })
  const post = (message: object): void => void child.send(message)
  const snapshot = (): CardSnapshot => shown.at(-1) ?? searching

  if (unstarted !== true) {
    post({ kind: 'start', modulePath, remote: null, reference: 'R-1' } satisfies ToCardProcess)
  }
  return {
    pid: child.pid ?? 0,
    shown,
    snapshot,
    shows: (kind, such = () => true) => {
      const matches = (state: CardState): state is Extract<CardState, { kind: typeof kind }> =>
        state.kind === kind
      return new Promise((resolve, reject) => {
        const settle = (): void => {
          clearTimeout(late)
          listeners.delete(look)
        }
        const look = (): void => {
          const { state } = snapshot()
          if (matches(state) && such(state)) {
            settle()
            resolve(state)
          } else if (ended) {
            settle()
            reject(new Error(`the card process has ended, showing ${JSON.stringify(state)}`))
          }
        }
        const late = setTimeout(() => {
          listeners.delete(look)
          reject(new Error(`not ${kind}: ${JSON.stringify(shown.map(({ state }) => state))}`))
        }, patienceMs)
        listeners.add(look)
        look()
      })
    },
    beats: () => beats,
    post,
    test: () =>
      new Promise((resolve) => {
        const id = tested.size + 1
        tested.set(id, resolve)
        post({ kind: 'test', id } satisfies ToCardProcess)
      }),
    disconnect: () => child.disconnect(),
    ended: () => ended,
    end,
    kill: async () => {
      child.kill('SIGKILL')
      await end
    },
  }
}
