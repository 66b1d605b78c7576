import { createAlarm } from './alarm.ts'
import { believed, createCardReading } from './card-reading.ts'
import type { CryptolibClient } from './cryptolib-client.ts'
import type { Found } from './find-cryptolib.ts'
import type { CardHolder } from './holder.ts'
import { createLibrary } from './library.ts'
import { rppsOf, stateOf, type Observation } from './observation.ts'
import type { CardTest, RemoteSession } from './protocol.ts'
import { createReaderTable, type ReaderEntry } from './reader-table.ts'
import type { Readers } from './readers.ts'
import { createReinitialisation } from './reinitialisation.ts'
import { createServiceStatus } from './service-status.ts'
import { searching, type Card, type CardSnapshot } from './states.ts'
import { patienceMs } from './verdict.ts'

export type Watch = {
  readonly start: () => void
  /** Reads again what may have changed without a word: the tries left. */
  readonly refresh: () => void
  /** The card of this RPPS has just been used with its code. */
  readonly loggedIn: (rpps: string) => void
  /** Reads everything again, and says how long it took. */
  readonly test: () => Promise<CardTest>
  readonly stop: () => void
}

type Parts = {
  readers: Readers
  cryptolib: Omit<CryptolibClient, 'finalise' | 'idle'>
  find: () => Promise<Found>
  readerIsPlugged: () => Promise<boolean>
  /** Loads what reads a certificate; called when there is a card to read. */
  loadCertificates: () => Promise<(der: Uint8Array) => CardHolder>
  remote: RemoteSession | null
  reference: string
  platform: string
  /** In milliseconds; does not follow the wall clock. */
  monotonic: () => number
  now: () => Date
  changed: (snapshot: CardSnapshot) => void
}

/** Cryptolib is asked this often whether anything has changed, whatever PC/SC says. In milliseconds. */
const tickMs = 2000
/** Cryptolib may be installed, or mended, while Comptoir runs. In milliseconds. */
const lookAgainMs = 60_000

/** Watches the readers and their cards: one loop, one question to Cryptolib at a time, one ordered stream of states. */
export function createWatch(parts: Parts): Watch {
  const { readers, cryptolib, remote, reference, monotonic, now, changed } = parts
  const table = createReaderTable()
  const library = createLibrary(parts)
  const reinitialisation = createReinitialisation()
  const service = createServiceStatus({ ...parts, changed: () => show() })

  let shown = searching
  let tests: ((test: CardTest) => void)[] = []
  let refreshing = false
  const ending = new AbortController()
  /** Of PC/SC, when Cryptolib was last initialised: it does not outlive the service (cryptolib-measured.md §7). */
  let connections = 0
  let hadSlots = false
  let failingSince: number | null = null
  let lastAnswer = 0
  let nextTick = 0
  let nextLook = 0
  const alarm = createAlarm()

  const show = (): void => {
    if (ending.signal.aborted) return
    const observation: Observation = {
      cryptolib: library.status(),
      service: service.status(),
      readers: table.observations(),
      remote,
      reference,
    }
    const snapshot: CardSnapshot = {
      state: stateOf(observation, now()),
      cryptolib: library.report(),
      readers: observation.readers.map(({ name }) => name),
      events: observation.service === 'running',
    }
    if (JSON.stringify(snapshot) === JSON.stringify(shown)) return
    shown = snapshot
    changed(snapshot)
  }

  const answered = <T>(call: Promise<T>): Promise<T> =>
    call.finally(() => {
      lastAnswer = monotonic()
    })

  const readCard = createCardReading({
    ...parts,
    read: (slot, whole) => answered(cryptolib.read(slot, whole)),
    hasSlots: () => table.entries().some(({ slot }) => slot !== null),
    reinitialise: () => reinitialisation.request(monotonic()),
    recovered: reinitialisation.cancel,
  })

  /** At once, whatever Cryptolib is doing: the windows are told within 300 ms. */
  const pcscChanged = (): void => {
    const snapshot = readers.snapshot()
    service.take(snapshot)
    table.takePcsc(snapshot, monotonic())
    show()
    alarm.ring()
  }

  const look = async (): Promise<void> => {
    nextLook = monotonic() + lookAgainMs
    connections = readers.snapshot().connections
    await answered(library.look(show))
    show()
  }

  const reinitialiseIfDue = async (): Promise<void> => {
    const reached = readers.snapshot().connections
    if (!reinitialisation.takeDue(monotonic()) && reached === connections) return
    connections = reached
    try {
      await cryptolib.reinitialise()
    } catch {
      // Then nothing that follows succeeds, and it is asked for again.
    }
    table.askAll(monotonic(), false)
  }

  const poll = async (tick: boolean): Promise<void> => {
    const polls = await answered(cryptolib.poll()).catch(() => null)
    if (polls === null) return pollFailed()
    failingSince = null
    library.answers()
    table.takeSlots(polls, monotonic(), tick)
    if (polls.length > 0) {
      hadSlots = true
      return
    }
    const { service: pcsc, readers: known } = readers.snapshot()
    if (known.length > 0 || (pcsc === 'unknown' && hadSlots)) reinitialisation.request(monotonic())
  }

  const pollFailed = (): void => {
    failingSince ??= monotonic()
    reinitialisation.request(monotonic())
    if (monotonic() - failingSince < patienceMs) return
    const entries = table.entries()
    if (entries.length === 0) library.fails()
    for (const entry of entries) fail(entry)
  }

  const round = async (): Promise<void> => {
    const tick = monotonic() >= nextTick
    if (tick) nextTick = monotonic() + tickMs
    if (!library.open() && (monotonic() >= nextLook || tests.length > 0)) await look()
    if (library.open()) {
      await reinitialiseIfDue()
      await poll(tick)
      show()
      if (failingSince === null) await askDue()
    }
    service.check(monotonic())
    show()
  }

  const askDue = async (): Promise<void> => {
    for (const entry of table.entries()) {
      const { asking } = entry
      if (asking === null || asking.dueAt > monotonic()) continue
      await readCard(entry, asking)
      show()
      if (ending.signal.aborted) return
    }
  }

  const nextAt = (): number => {
    const answering = library.open() && failingSince === null
    const asked = answering ? table.entries().flatMap(({ asking }) => asking?.dueAt ?? []) : []
    return Math.min(nextTick, reinitialisation.dueAt() ?? nextTick, ...asked)
  }

  const rest = (): Promise<void> => alarm.rest(nextAt() - monotonic())

  const runTests = async (): Promise<void> => {
    const asked = tests
    const started = monotonic()
    lastAnswer = started
    table.askAll(started, true)
    await round()
    while (
      !ending.signal.aborted &&
      library.open() &&
      table.entries().some(({ asking }) => asking !== null)
    ) {
      await rest()
      await round()
    }
    tests = tests.slice(asked.length)
    const test = { snapshot: shown, milliseconds: lastAnswer - started }
    for (const answer of asked) answer(test)
  }

  const run = async (settled: Promise<void>): Promise<void> => {
    await Promise.all([settled, look()])
    while (!ending.signal.aborted) {
      if (refreshing) table.askAll(monotonic(), false)
      refreshing = false
      await (tests.length > 0 ? runTests() : round())
      await rest()
    }
  }

  return {
    start: () => {
      const settled = readers.start(pcscChanged)
      pcscChanged()
      void run(settled)
    },
    refresh: () => {
      refreshing = true
      alarm.ring()
    },
    loggedIn: (rpps) => {
      for (const entry of table.entries()) {
        if (entry.token.kind !== 'read' || holderRpps(entry.token.card) !== rpps) continue
        entry.usedWithCode = true
        entry.token = { kind: 'read', card: believed(entry, entry.token.card) }
      }
      refreshing = true
      show()
      alarm.ring()
    },
    test: () =>
      new Promise((resolve) => {
        tests.push(resolve)
        alarm.ring()
      }),
    stop: () => {
      ending.abort()
      readers.stop()
      alarm.ring()
    },
  }
}

function holderRpps({ certificate }: Card): string | null {
  return certificate.kind === 'read' ? rppsOf(certificate.holder) : null
}

/** Cryptolib answers nothing any more: a card that was there may be there still. */
function fail(entry: ReaderEntry): void {
  entry.asking = null
  if (entry.token.kind !== 'none') entry.token = { kind: 'failing' }
}
