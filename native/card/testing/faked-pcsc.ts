import * as pcscMini from 'pcsc-mini'
import * as addon from 'pcsc-mini/build/addon.node.js'
import { onTestFinished, vi } from 'vitest'
import { createReaders } from '../readers.ts'
import { cps3 } from './watched.ts'

const { PRESENT, EMPTY, CHANGED } = pcscMini.ReaderStatus
/** The bytes that pcsc-mini gives for an ATR: as many, and other ones. */
const nonsense = Uint8Array.of(0x25, 0, 0, 0)

/** PC/SC as pcsc-mini's native part shows it: `up` or not, and it says what the test says. */
class FakePcsc {
  up = true
  started = 0
  connects = 0
  /** What each connection to a card gives, in turn: its ATR, or null where it is refused; the last one for ever. */
  atrs: (string | null)[] = [cps3]
  #onStateChange: ((name: string, status: number, atr: Uint8Array) => void) | null = null
  #onError: ((error: Error & { code: string }) => void) | null = null

  newClient = () => ({
    start: (
      onStateChange: (name: string, status: number, atr: Uint8Array) => void,
      onError: (error: Error & { code: string }) => void,
    ) => {
      this.started += 1
      if (!this.up) throw new Error('NoService')
      this.#onStateChange = onStateChange
      this.#onError = onError
    },
    stop: () => {
      if (!this.up) throw new Error('NoService')
    },
    connect: async () => {
      this.connects += 1
      const [atr, ...rest] = this.atrs
      if (rest.length > 0) this.atrs = rest
      if (atr === null || atr === undefined) throw new Error('SharingViolation')
      return {
        ...notAsked,
        state: async () => ({ atr: Buffer.from(atr, 'hex'), protocol: 1, readerName: 'A', status: 0 }),
        disconnect: async () => undefined,
      }
    },
  })

  say(name: string, status: number, counter = 0): void {
    this.#onStateChange?.(
      name,
      status | CHANGED | (counter << 16),
      (status & PRESENT) === 0 ? new Uint8Array() : nonsense,
    )
  }

  fail(): void {
    this.#onError?.(Object.assign(new Error('Reader monitoring loop failed.'), { code: 'CommError' }))
  }
}

const never = () => {
  throw new Error('never asked')
}
const notAsked = {
  attributeGet: never,
  attributeSet: never,
  control: never,
  protocol: never,
  reconnect: never,
  transaction: never,
  transmit: never,
}

/** The readers over such a PC/SC, not started. Only `pass` moves time. */
export function fakedPcsc() {
  vi.useFakeTimers()
  const pcsc = new FakePcsc()
  const { newClient } = pcsc
  class Client extends pcscMini.Client {
    constructor() {
      super({ ...addon, newClient })
    }
  }
  const readers = createReaders({ ...pcscMini, Client })
  const changed = vi.fn<() => void>()
  onTestFinished(() => {
    readers.stop()
    vi.useRealTimers()
  })

  return {
    pcsc,
    readers,
    /** Called with each change, once they are started. */
    changed,
    start: (): Promise<void> => readers.start(changed),
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    statuses: () => Object.fromEntries(readers.snapshot().readers.map(({ name, status }) => [name, status])),
    generationOf: (name: string) =>
      readers.snapshot().readers.find((reader) => reader.name === name)?.generation,
  }
}

/** Started, with an empty reader, and no change since. */
export async function withEmptyReader() {
  const desk = fakedPcsc()
  void desk.start()
  desk.pcsc.say('A', EMPTY)
  await desk.pass(200)
  desk.changed.mockClear()
  return desk
}
