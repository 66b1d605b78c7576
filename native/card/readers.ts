import type * as PcscMini from 'pcsc-mini'
import type { Client, Reader, ReaderStatusFlags } from 'pcsc-mini'
import type { ReaderStatus } from './observation.ts'

export type PcscReader = {
  readonly name: string
  readonly status: ReaderStatus
  /** Never the same after a card has come or left: it counts all that was seen of any reader. */
  readonly generation: number
}

export type PcscSnapshot = {
  /** `unknown`: this machine has no way to ask PC/SC. */
  readonly service: 'unknown' | 'running' | 'stopped'
  /** How many times PC/SC has been reached: whoever else was connected to it is so no more (§7). */
  readonly connections: number
  readonly readers: readonly PcscReader[]
}

export type Readers = {
  readonly snapshot: () => PcscSnapshot
  /**
   * Connects to PC/SC, and keeps doing so; `changed` is called whenever the snapshot is another one. Resolves once the
   * readers that there are have been told of.
   */
  readonly start: (changed: () => void) => Promise<void>
  readonly stop: () => void
}

type Pcsc = Pick<typeof PcscMini, 'Client' | 'ReaderStatus' | 'CardMode' | 'CardDisposition'>
type Known = { status: ReaderStatus; generation: number; counter: number }

/** In milliseconds; the last one for ever: asking whether the service runs costs next to nothing. */
const reconnectMs = [250, 1000, 2000] as const
/** A new connection tells of the readers one by one: none of them was away meanwhile. In milliseconds. */
const settlingMs = 150
/**
 * A reader that held a card when PC/SC was lost has this long to show one again: PC/SC is there before its readers, and
 * calls them empty until it has powered their cards (pcscd 2.0: 50 ms and more, measured). In milliseconds.
 */
const returningMs = 1500
/** Whether the ATR can be asked for depends on who else uses the card. In milliseconds. */
const atrRetriesMs = [0, 300, 1000] as const

/**
 * The readers and their cards as PC/SC tells them, by pcsc-mini, which `pcsc` gives where it loads. pcsc-mini watches
 * four readers (its MAX_READERS); those beyond are known by Cryptolib only.
 */
export function createReaders(pcsc: Pcsc | null): Readers {
  let service: PcscSnapshot['service'] = pcsc === null ? 'unknown' : 'stopped'
  let shown: PcscSnapshot = { service, connections: 0, readers: [] }
  let connections = 0
  let generation = 0
  let readers = new Map<string, Known>()
  /** Readers that held a card when PC/SC was lost, and have shown none since. */
  const awaited = new Set<string>()
  let current: Client | null = null
  /** Their service ended before they did. */
  const lost: Client[] = []
  let timer: NodeJS.Timeout | undefined
  let settling: NodeJS.Timeout | undefined
  let changed: (() => void) | null = null
  let ready: (() => void) | null = null
  let failures = 0

  const tell = (): void => {
    if (settling !== undefined) return
    shown = {
      service,
      connections,
      readers: [...readers].map(([name, known]) => ({
        name,
        status: known.status,
        generation: known.generation,
      })),
    }
    changed?.()
  }
  const settle = (): void => {
    clearTimeout(settling)
    settling = setTimeout(settled, awaited.size === 0 ? settlingMs : returningMs)
  }
  const settled = (): void => {
    clearTimeout(settling)
    settling = undefined
    if (service === 'running') awaited.clear()
    tell()
    ready?.()
  }

  const connect = (pcsc: Pcsc): void => {
    const client = new pcsc.Client()
    client.on('error', () => {
      if (current === client) reconnect(pcsc, client)
    })
    client.on('reader', (reader) => {
      if (current === client) watch(pcsc, client, reader)
    })
    for (const [name, { status }] of readers) if (status.kind === 'present') awaited.add(name)
    // What is known is shown until this connection has told of its own.
    readers = new Map()
    current = client
    try {
      client.start()
    } catch {
      current = null
      failures += 1
      if (service === 'running') {
        service = 'stopped'
        settled()
      }
      timer = setTimeout(() => connect(pcsc), reconnectMs[Math.min(failures, reconnectMs.length) - 1])
      return
    }
    failures = 0
    connections += 1
    service = 'running'
    // At once, unlike the readers: Cryptolib is initialised again before anything is asked of it.
    shown = { ...shown, connections }
    settle()
  }

  /** Its monitoring thread has ended: the service has stopped, or more has happened at once than it has room for. */
  const reconnect = (pcsc: Pcsc, client: Client): void => {
    current = null
    leave(client)
    connect(pcsc)
  }

  const leave = (client: Client): void => {
    try {
      client.stop()
    } catch {
      // What it was connected to is gone (NoService: measured). Once it were forgotten, its finaliser would stop it
      // again, and what that throws ends the process (pcsc-mini 0.1.3: InvalidHandle).
      lost.push(client)
    }
  }

  const watch = (pcsc: Pcsc, client: Client, reader: Reader): void => {
    const name = reader.name()
    reader.on('change', (flags) => {
      if (current !== client) return
      const { known, arrived } = update(readers.get(name), flags, pcsc)
      readers.set(name, known)
      if (known.status.kind === 'present' && awaited.delete(name) && awaited.size === 0) settle()
      if (arrived) void askAtr(pcsc, reader, known)
      tell()
    })
    reader.on('disconnect', () => {
      if (current !== client) return
      readers.delete(name)
      tell()
    })
  }

  const update = (
    before: Known | undefined,
    flags: ReaderStatusFlags,
    { ReaderStatus }: Pcsc,
  ): { known: Known; arrived: boolean } => {
    const kind = kindOf(flags, ReaderStatus)
    // Windows and pcscd count insertions and removals in the upper half of the flags: a swap in no time adds two.
    const counter = flags.raw >>> 16
    const swapped = before !== undefined && counter - before.counter >= 2
    // IN_USE and UNPOWERED come and go with whoever uses the card.
    if (before?.status.kind === kind && !swapped) {
      return { known: Object.assign(before, { counter }), arrived: false }
    }
    const status: ReaderStatus = kind === 'present' ? { kind, atr: '' } : { kind }
    return { known: { status, generation: ++generation, counter }, arrived: kind === 'present' }
  }

  /** The ATR that comes with an event has the right length and other bytes (pcsc-mini 0.1.3 on Linux: measured). */
  const askAtr = async (pcsc: Pcsc, reader: Reader, known: Known): Promise<void> => {
    for (const delay of atrRetriesMs) {
      await new Promise((resolve) => setTimeout(resolve, delay))
      if (readers.get(reader.name()) !== known) return
      const atr = await atrOf(pcsc, reader).catch(() => null)
      if (atr === null) continue
      known.status = { kind: 'present', atr }
      if (readers.get(reader.name()) === known) tell()
      return
    }
  }

  return {
    snapshot: () => shown,
    start: (listener) =>
      new Promise((resolve) => {
        changed = listener
        ready = resolve
        if (pcsc !== null) connect(pcsc)
        if (settling === undefined) resolve()
      }),
    stop: () => {
      clearTimeout(timer)
      clearTimeout(settling)
      // Who stops ends: what waits for PC/SC to let go of it might wait for long.
      current = null
    },
  }
}

function kindOf(flags: ReaderStatusFlags, statuses: Pcsc['ReaderStatus']): ReaderStatus['kind'] {
  if (flags.has(statuses.MUTE)) return 'mute'
  if (flags.has(statuses.PRESENT)) return 'present'
  if (flags.has(statuses.EMPTY)) return 'empty'
  return 'unknown'
}

/** Upper-case hexadecimal. The card stays as it is for who else uses it. */
async function atrOf({ CardMode, CardDisposition }: Pcsc, reader: Reader): Promise<string> {
  const card = await reader.connect(CardMode.SHARED)
  try {
    const { atr } = await card.state()
    return Buffer.from(atr).toString('hex').toUpperCase()
  } finally {
    await card.disconnect(CardDisposition.LEAVE)
  }
}
