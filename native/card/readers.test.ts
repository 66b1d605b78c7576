import * as pcscMini from 'pcsc-mini'
import * as addon from 'pcsc-mini/build/addon.node.js'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createReaders, type Readers } from './readers.ts'

const cps3 = '3BAC00402A001225006480000310009000'
const { PRESENT, EMPTY, MUTE, IN_USE, UNPOWERED, UNAVAILABLE, CHANGED } = pcscMini.ReaderStatus
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

let pcsc: FakePcsc
let readers: Readers
let changes = 0

beforeEach(() => {
  vi.useFakeTimers()
  pcsc = new FakePcsc()
  const { newClient } = pcsc
  class Client extends pcscMini.Client {
    constructor() {
      super({ ...addon, newClient })
    }
  }
  readers = createReaders({ ...pcscMini, Client })
  changes = 0
  onTestFinished(() => {
    readers.stop()
    vi.useRealTimers()
  })
})

const start = (): Promise<void> => readers.start(() => (changes += 1))
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const statuses = () =>
  Object.fromEntries(readers.snapshot().readers.map(({ name, status }) => [name, status]))
const generationOf = (name: string) =>
  readers.snapshot().readers.find((reader) => reader.name === name)?.generation

/** Started, with an empty reader. */
async function withReader(): Promise<void> {
  void start()
  pcsc.say('A', EMPTY)
  await pass(200)
  changes = 0
}

describe('the readers of PC/SC', () => {
  it('are told of together, once they all are known', async () => {
    const started = start()
    pcsc.say('A', EMPTY)
    pcsc.say('B', MUTE | PRESENT)
    expect(readers.snapshot().readers).toEqual([])
    await pass(200)
    await started
    expect(readers.snapshot()).toMatchObject({ service: 'running', connections: 1 })
    expect(statuses()).toEqual({ A: { kind: 'empty' }, B: { kind: 'mute' } })
    expect(changes).toBe(1)
  })

  it('come and go', async () => {
    await withReader()
    pcsc.say('B', EMPTY)
    expect(Object.keys(statuses())).toEqual(['A', 'B'])
    pcsc.say('A', UNAVAILABLE)
    expect(Object.keys(statuses())).toEqual(['B'])
    expect(changes).toBe(2)
  })

  it('hold a card, told of at once; its ATR follows, from the card itself', async () => {
    await withReader()
    pcsc.say('A', PRESENT, 1)
    expect(statuses()).toEqual({ A: { kind: 'present', atr: '' } })
    expect(changes).toBe(1)
    await pass(0)
    expect(statuses()).toEqual({ A: { kind: 'present', atr: cps3 } })
    expect(changes).toBe(2)
  })

  it('give the ATR later where the card is taken by another program', async () => {
    await withReader()
    pcsc.atrs = [null, null, cps3]
    pcsc.say('A', PRESENT, 1)
    await pass(2000)
    expect(statuses()).toEqual({ A: { kind: 'present', atr: cps3 } })
    pcsc.say('A', EMPTY, 2)
    pcsc.atrs = [null]
    pcsc.say('A', PRESENT, 3)
    await pass(60_000)
    expect(statuses()).toEqual({ A: { kind: 'present', atr: '' } })
    expect(pcsc.connects).toBe(6)
  })

  it('do not give the ATR of a card that has left', async () => {
    await withReader()
    pcsc.say('A', PRESENT, 1)
    pcsc.say('A', EMPTY, 2)
    await pass(0)
    expect(statuses()).toEqual({ A: { kind: 'empty' } })
    expect(pcsc.connects).toBe(0)
  })

  it('do not change with who uses the card', async () => {
    await withReader()
    pcsc.say('A', PRESENT, 1)
    await pass(0)
    const before = generationOf('A')
    pcsc.say('A', PRESENT | IN_USE, 1)
    pcsc.say('A', PRESENT | UNPOWERED, 1)
    pcsc.say('A', PRESENT, 1)
    await pass(5000)
    expect(generationOf('A')).toBe(before)
    expect(statuses()).toEqual({ A: { kind: 'present', atr: cps3 } })
    expect(pcsc.connects).toBe(1)
  })

  it('have another generation for each card that comes, goes, or is swapped in no time', async () => {
    await withReader()
    const seen = [generationOf('A')]
    for (const [status, counter] of [
      [PRESENT, 1],
      [EMPTY, 2],
      [MUTE | PRESENT, 3],
      [PRESENT, 5],
      [PRESENT, 7],
    ] as const) {
      pcsc.say('A', status, counter)
      await pass(0)
      seen.push(generationOf('A'))
    }
    expect(new Set(seen).size).toBe(6)
    expect(pcsc.connects).toBe(3)
  })
})

describe('the PC/SC service', () => {
  it('is unknown where nothing can ask for it', async () => {
    const none = createReaders(null)
    await none.start(() => (changes += 1))
    expect(none.snapshot()).toEqual({ service: 'unknown', connections: 0, readers: [] })
    none.stop()
  })

  it('is stopped when it does not answer, and asked for again after 0.25, 1, 2 and 2 s', async () => {
    pcsc.up = false
    await start()
    expect(readers.snapshot().service).toBe('stopped')
    const counts = []
    for (const ms of [249, 1, 999, 1, 1999, 1, 1999, 1]) {
      await pass(ms)
      counts.push(pcsc.started)
    }
    expect(counts).toEqual([1, 2, 2, 3, 3, 4, 4, 5])
    pcsc.up = true
    await pass(2200)
    expect(readers.snapshot()).toMatchObject({ service: 'running', connections: 1 })
  })

  it('stops: its readers are gone at once; and comes back with them', async () => {
    await withReader()
    pcsc.up = false
    pcsc.fail()
    expect(readers.snapshot()).toEqual({ service: 'stopped', connections: 1, readers: [] })
    expect(changes).toBe(1)
    const before = generationOf('A')
    pcsc.up = true
    await pass(250)
    pcsc.say('A', EMPTY)
    await pass(200)
    expect(readers.snapshot()).toMatchObject({ service: 'running', connections: 2 })
    expect(generationOf('A')).not.toBe(before)
  })

  it('is connected to again without a word when only the watching has ended', async () => {
    await withReader()
    pcsc.fail()
    pcsc.say('A', EMPTY)
    expect(readers.snapshot()).toMatchObject({ service: 'running', connections: 2, readers: [{ name: 'A' }] })
    expect(changes).toBe(0)
    await pass(200)
    expect(changes).toBe(1)
    expect(statuses()).toEqual({ A: { kind: 'empty' } })
  })

  it('comes back before its readers say what they hold: a card that was there has not left', async () => {
    await withReader()
    pcsc.say('A', PRESENT, 1)
    pcsc.up = false
    pcsc.fail()
    pcsc.up = true
    changes = 0
    await pass(250)
    pcsc.say('A', EMPTY)
    await pass(1000)
    expect([readers.snapshot().service, changes]).toEqual(['stopped', 0])
    pcsc.say('A', PRESENT, 1)
    await pass(150)
    expect(changes).toBe(1)
    expect(statuses()).toEqual({ A: { kind: 'present', atr: cps3 } })
  })

  it('comes back, and a card that was there has left meanwhile: that is told 1.5 s later', async () => {
    await withReader()
    pcsc.say('A', PRESENT, 1)
    pcsc.up = false
    pcsc.fail()
    pcsc.up = true
    changes = 0
    await pass(250)
    pcsc.say('A', EMPTY)
    await pass(1499)
    expect(changes).toBe(0)
    await pass(1)
    expect(changes).toBe(1)
    expect(statuses()).toEqual({ A: { kind: 'empty' } })
  })

  it('is left alone once stopped', async () => {
    await withReader()
    readers.stop()
    pcsc.say('A', PRESENT)
    pcsc.fail()
    await pass(10_000)
    expect(pcsc.started).toBe(1)
    expect(changes).toBe(0)
  })
})
