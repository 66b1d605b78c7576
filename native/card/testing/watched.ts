import { onTestFinished, vi } from 'vitest'
import type { CardHolder } from '../holder.ts'
import type { Opened, SlotPoll, TokenReading } from '../cryptolib-client.ts'
import type { Found } from '../find-cryptolib.ts'
import type { ReaderStatus } from '../observation.ts'
import { Pkcs11Error } from '../pkcs11-error.ts'
import type { RemoteSession } from '../protocol.ts'
import type { PcscSnapshot } from '../readers.ts'
import { searching, type CardSnapshot } from '../states.ts'
import { createWatch } from '../watch.ts'
import { holderOf, patriciasDigits } from './snapshots.ts'

export const reader = 'Lecteur USB 0'
export const otherReader = 'Lecteur USB 1'
export const cps3 = '3BAC00402A001225006480000310009000'
export const vitale = '3B7513000049535102020000'
export const present: ReaderStatus = { kind: 'present', atr: cps3 }
export const empty: ReaderStatus = { kind: 'empty' }
const here = new Date('2026-11-22T10:00:00.000Z')

/** What C_GetTokenInfo gives of Patricia's card; `certificate` stands for her name. */
export function tokenOf(more: Partial<TokenReading> = {}): TokenReading {
  return {
    label: 'CPS3v3-2800385266',
    model: 'IAS ECC',
    serial: '28003852',
    flags: 0x40d,
    certificate: der(patriciasDigits),
    ...more,
  }
}

/** A certificate of this RPPS, for the reader of certificates in here. */
export function der(digits: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(digits)
}

/** What a reading gives: a token, or the code of what it fails with. Given by a function, it takes its time. */
export type Script = TokenReading | number | null | (() => Promise<TokenReading>)

type Options = {
  readonly found?: Found
  readonly opened?: Opened
  readonly platform?: string
  readonly remote?: RemoteSession
  readonly plugged?: boolean
}

const found: Found = { kind: 'found', path: '/usr/lib/cps.so', bits: 64, productVersion: '5.2.2' }
const opened: Opened = { kind: 'open', libraryVersion: '3.1', description: 'CPS3 PKCS#11 LINUX' }

/** A watch over readers and a Cryptolib that do as the test says. Only `pass` moves time. */
export function watching(options: Options = {}) {
  vi.useFakeTimers()
  const shown: CardSnapshot[] = []
  const asked: string[] = []
  let date = here
  let turns = 0
  let generation = 0
  let tellPcsc: (() => void) | null = null
  let pcsc: PcscSnapshot = { service: 'unknown', connections: 0, readers: [] }
  let slots: SlotPoll[] | number = []
  let scripts = new Map<string, readonly Script[]>()
  let find = (): Found => options.found ?? found
  let plugged = options.plugged ?? false

  const readOf = async (slot: string): Promise<TokenReading> => {
    const script = scripts.get(slot) ?? []
    const [next, ...rest] = script
    // The last one for ever.
    if (rest.length > 0) scripts.set(slot, rest)
    if (typeof next === 'function') return next()
    if (typeof next === 'object' && next !== null) return next
    throw new Pkcs11Error(next === undefined ? 0xe0 : next, 'CKR')
  }

  const watch = createWatch({
    readers: {
      snapshot: () => pcsc,
      start: (changed) => {
        tellPcsc = changed
        return Promise.resolve()
      },
      stop: () => undefined,
    },
    cryptolib: {
      open: async () => options.opened ?? opened,
      poll: async () => {
        asked.push('poll')
        if (typeof slots === 'number') throw new Pkcs11Error(slots, 'CKR')
        const polls = slots
        // A session is lost once.
        slots = polls.map((slot) => (slot.session === 'lost' ? { ...slot, session: 'none' } : slot))
        return polls
      },
      read: async (slot, whole) => {
        asked.push(whole ? `read whole ${slot}` : `read ${slot}`)
        return readOf(slot)
      },
      reinitialise: async () => void asked.push('reinitialise'),
    },
    find: async () => find(),
    readerIsPlugged: async () => {
      asked.push('plugged')
      return plugged
    },
    loadCertificates: async () => readCertificate,
    remote: options.remote ?? null,
    reference: 'R-1',
    platform: options.platform ?? 'linux',
    monotonic: () => performance.now(),
    now: () => {
      turns += 1
      return date
    },
    changed: (snapshot) => shown.push(snapshot),
  })
  onTestFinished(() => {
    watch.stop()
    vi.useRealTimers()
  })

  return {
    watch,
    shown,
    /** What was asked since the last time that this was asked. */
    asked: (): string[] => asked.splice(0),
    /** How many times the state was made out. */
    turns: () => turns,
    state: () => (shown.at(-1) ?? searching).state,
    kinds: () => shown.map(({ state }) => state.kind),
    snapshot: () => shown.at(-1) ?? searching,
    /** PC/SC runs, and sees these readers; each has just had its card come or leave, unless it is as it was. */
    pcsc: (readers: Readonly<Record<string, ReaderStatus>>, more: { swapped?: boolean } = {}): void => {
      const connections = pcsc.service === 'running' ? pcsc.connections : pcsc.connections + 1
      const before = new Map(pcsc.readers.map((known) => [known.name, known]))
      pcsc = {
        service: 'running',
        connections,
        readers: Object.entries(readers).map(([name, status]) => {
          const known = before.get(name)
          const same = known?.status.kind === status.kind && more.swapped !== true
          return { name, status, generation: same ? known.generation : ++generation }
        }),
      }
      tellPcsc?.()
    },
    pcscStops: (): void => {
      pcsc = { ...pcsc, service: 'stopped', readers: [] }
      tellPcsc?.()
    },
    /** Cryptolib's slots, each with a card that it knows or without; or the code that the list fails with. */
    slots: (told: Readonly<Record<string, boolean | Partial<SlotPoll>>> | number): void => {
      slots =
        typeof told === 'number'
          ? told
          : Object.entries(told).map(([name, slot], index) =>
              Object.assign(
                { slot: String(index), name, present: slot === true, session: 'none' as const },
                typeof slot === 'object' ? slot : {},
              ),
            )
    },
    /** What reading each slot gives, in turn; the last one for ever. */
    reads: (...told: readonly (readonly Script[])[]): void => {
      scripts = new Map(told.map((script, index) => [String(index), script]))
    },
    find: (next: Found): void => {
      find = () => next
    },
    dated: (next: string): void => {
      date = new Date(next)
    },
    plug: (next: boolean): void => {
      plugged = next
    },
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  }
}

function readCertificate(bytes: Uint8Array): CardHolder {
  const digits = new TextDecoder().decode(bytes)
  if (!/^\d{11}$/u.test(digits)) throw new Error('not a certificate')
  return holderOf({ nationalId: { kind: 'rpps', digits }, test: false })
}
