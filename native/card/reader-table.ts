import type { SlotPoll } from './cryptolib-client.ts'
import { isVitale, type ReaderObservation, type ReaderStatus, type TokenStatus } from './observation.ts'
import { namesReader } from './reader-names.ts'
import type { PcscSnapshot } from './readers.ts'

/** A card that is being asked for. Times in milliseconds, of the monotonic clock. */
export type Asking = {
  /** When it was first answered without success; null before. */
  since: number | null
  /** Nothing is taken from an earlier reading. */
  readonly whole: boolean
  dueAt: number
  /** The last answer, and how many times running it has come. */
  code: number | null | undefined
  repeated: number
}

/** A reader, as PC/SC and Cryptolib both show it. */
export type ReaderEntry = {
  name: string
  status: ReaderStatus
  /** PC/SC's; null where PC/SC does not know this reader. */
  generation: number | null
  /** Cryptolib's; null where Cryptolib does not know this reader. */
  slot: string | null
  /** Whether Cryptolib said that it knows the card, when it was last asked for. */
  present: boolean
  token: TokenStatus
  /** Another one whenever a card has come or left: what an older one is answered is about another card. */
  asking: Asking | null
  /** The card has been used with its code since it came: LOCKED is not believed of it (cryptolib-measured.md §2). */
  usedWithCode: boolean
}

export type ReaderTable = {
  readonly entries: () => readonly ReaderEntry[]
  readonly observations: () => ReaderObservation[]
  /** Takes what PC/SC says: a card that has come is `reading` from now on, one that has left is gone. */
  readonly takePcsc: (snapshot: PcscSnapshot, now: number) => void
  /** Takes Cryptolib's slots, and says by `asking` which of them are to be asked for their card. */
  readonly takeSlots: (polls: readonly SlotPoll[], now: number, tick: boolean) => void
  /** Has every card asked for again; what is known of it is shown until then. */
  readonly askAll: (now: number, whole: boolean) => void
}

/** The readers of PC/SC and the slots of Cryptolib as one list, matched by name. */
export function createReaderTable(): ReaderTable {
  let entries: ReaderEntry[] = []

  const begin = (entry: ReaderEntry, now: number): void => {
    entry.asking ??= newAsking(now, false)
  }

  const add = (name: string): ReaderEntry => {
    const entry: ReaderEntry = {
      name,
      status: { kind: 'unknown' },
      generation: null,
      slot: null,
      present: false,
      token: { kind: 'none' },
      asking: null,
      usedWithCode: false,
    }
    entries.push(entry)
    return entry
  }

  const cardCameOrLeft = (entry: ReaderEntry, now: number): void => {
    entry.usedWithCode = false
    entry.present = false
    const readable = mayBeRead(entry.status)
    entry.token = { kind: readable ? 'reading' : 'none' }
    entry.asking = readable ? newAsking(now, false) : null
  }

  const takeReader = (
    { name, status, generation }: PcscSnapshot['readers'][number],
    now: number,
  ): ReaderEntry => {
    const entry =
      entries.find((known) => known.name === name) ??
      entries.find((known) => known.generation === null && namesReader(known.name, name)) ??
      add(name)
    entry.name = name
    entry.status = status
    if (entry.generation !== generation) {
      entry.generation = generation
      cardCameOrLeft(entry, now)
    }
    // The ATR comes a moment after the card.
    if (!mayBeRead(status)) {
      entry.token = { kind: 'none' }
      entry.asking = null
    }
    return entry
  }

  const takeSlot = (entry: ReaderEntry, poll: SlotPoll, now: number, tick: boolean): void => {
    const { slot, present, session } = poll
    const lost = session === 'lost'
    const changed = lost || present !== entry.present
    Object.assign(entry, { slot, present })
    if (lost) entry.usedWithCode = false
    if (!mayBeRead(entry.status)) return
    if (changed) {
      // PC/SC would have told of another card; without it, it may be anybody's.
      if (entry.status.kind === 'unknown' && (lost || present)) {
        entry.token = { kind: 'reading' }
        entry.asking = null
      }
      begin(entry, now)
    }
    const unsettled = ['busy', 'unreadable', 'failing'].includes(entry.token.kind)
    // A card that Cryptolib does not know leaves its slot empty: only asking for the token tells (§5), without an APDU.
    const unseen = entry.status.kind === 'unknown' && !present
    if (tick && (unsettled || unseen)) begin(entry, now)
  }

  return {
    entries: () => entries,
    observations: () => entries.map(({ name, status, token }) => ({ name, status, token })),
    takePcsc: ({ service, readers }, now) => {
      const told = readers.map((reader) => takeReader(reader, now))
      if (service === 'running') {
        const others = entries.filter((entry) => entry.generation === null && !told.includes(entry))
        entries = [...told, ...others]
        return
      }
      for (const entry of entries) {
        if (entry.generation === null) continue
        Object.assign(entry, { generation: null, status: { kind: 'unknown' } })
      }
      entries = entries.filter((entry) => entry.slot !== null)
    },
    takeSlots: (polls, now, tick) => {
      const taken = new Set<ReaderEntry>()
      for (const poll of polls) {
        const known = entries.find((entry) => !taken.has(entry) && namesReader(poll.name, entry.name))
        const entry = known ?? add(poll.name)
        taken.add(entry)
        takeSlot(entry, poll, now, tick || known === undefined)
      }
      for (const entry of entries) if (!taken.has(entry)) entry.slot = null
      entries = entries.filter((entry) => entry.slot !== null || entry.generation !== null)
    },
    askAll: (now, whole) => {
      for (const entry of entries) {
        if (!mayBeRead(entry.status)) continue
        // What has not been answered for a while has not been for as long now.
        const before = entry.asking
        entry.asking = newAsking(now, whole || before?.whole === true)
        entry.asking.since = before?.since ?? null
      }
    },
  }
}

function newAsking(now: number, whole: boolean): Asking {
  return { since: null, whole, dueAt: now, code: undefined, repeated: 0 }
}

/** Whether Cryptolib may have something to say of what PC/SC sees. */
function mayBeRead(status: ReaderStatus): boolean {
  switch (status.kind) {
    case 'unknown':
      return true
    case 'present':
      return !isVitale(status.atr)
    case 'empty':
    case 'mute':
      return false
    default:
      return status
  }
}
