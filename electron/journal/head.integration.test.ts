import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { KeychainError, openKeychain } from '../../native/keychain/secrets.ts'
import type { KeptItem } from '../../native/keychain/secrets.ts'
import { startSessionWithKeychain } from '../../native/keychain/testing/secret-service.ts'
import type { SessionWithKeychain } from '../../native/keychain/testing/secret-service.ts'
import type { Clock } from '../clock.ts'
import { engines, openTestSqlite, settableClock } from '../storage/testing/engines.ts'
import type { TestDatabase } from '../storage/testing/engines.ts'
import { firstPreviousHash } from './chain.ts'
import type { Place } from './chain.ts'
import { createHeadKeeper, readHead, resetHead } from './head.ts'
import type { HeadKeeper } from './head.ts'
import { createJournal } from './journal.ts'
import { cutJournal } from './retention.ts'
import { disarm } from './testing/chains.ts'
import { verifyJournal } from './verify.ts'

const wall = settableClock('2026-11-22T09:00:00.000Z')

const textOf = ({ seq, hash }: Place) => `${seq}:${hash}`

/** A keychain's item in memory, whose answers a test decides. */
function itemInMemory() {
  const state = { text: null as string | null, fault: null as KeychainError | null, asked: 0, hangs: false }
  const answer = async <T>(act: () => T): Promise<T> => {
    state.asked += 1
    if (state.hangs) await new Promise(() => undefined)
    if (state.fault !== null) throw state.fault
    return act()
  }
  const item: KeptItem = {
    read: () => answer(() => state.text),
    write: (value) =>
      answer(() => {
        state.text = value
      }),
    remove: () =>
      answer(() => {
        state.text = null
        return true
      }),
  }
  return { item, state }
}

describe.each(engines)('the kept head, over $name', ({ name, open }) => {
  let database: TestDatabase
  let memory: ReturnType<typeof itemInMemory>
  let head: HeadKeeper
  let places: Place[]
  let append: () => Promise<void>
  /** A program that starts over this database. */
  const start = (): void => {
    let elapsed = 0
    const clock: Clock = { now: wall.now, monotonic: () => (elapsed = Math.max(elapsed, Date.now())) }
    head = createHeadKeeper({ item: () => Promise.resolve(memory.item), storage: database.storage, clock })
    const journal = createJournal({
      storage: database.storage,
      clock: wall,
      workstation: 'w',
      written: (place) => {
        places.push(place)
        head.note(place)
      },
    })
    append = () => {
      wall.advance(1000)
      return journal.append({ kind: 'program.stopped', outcome: 'done', details: {} })
    }
  }
  /** The keeper's pause is over, and it asks the keychain. */
  const pass = async (ms: number): Promise<void> => {
    const { asked } = memory.state
    await vi.advanceTimersByTimeAsync(ms)
    await vi.waitFor(() => expect(memory.state.asked).toBeGreaterThan(asked))
  }
  const last = (): Place => places.at(-1) ?? { seq: 0, hash: firstPreviousHash }

  beforeAll(async () => {
    database = await open()
    await disarm(database.storage, name)
  })
  beforeEach(async () => {
    await database.storage.db.deleteFrom('journal').execute()
    await database.storage.db.deleteFrom('journal_checkpoint').execute()
    memory = itemInMemory()
    places = []
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    start()
  })
  afterEach(() => vi.useRealTimers())
  afterAll(() => database.dispose())

  it('is written some seconds after a row, once for all rows meanwhile', async () => {
    for (let row = 0; row < 20; row += 1) await append()
    expect(memory.state.asked).toBe(0)
    await vi.advanceTimersByTimeAsync(9999)
    expect(memory.state.asked).toBe(0)
    await pass(1)
    await vi.waitFor(() => expect(memory.state.text).toBe(textOf(last())))
    expect(memory.state.asked).toBe(2)
    expect(await head.read()).toEqual({ kind: 'kept', ...last() })
  })

  it('is written at the end of the program, whatever waits', async () => {
    await append()
    await append()
    await head.flush(1000)
    expect(memory.state.text).toBe(textOf(last()))
    const { asked } = memory.state
    await head.flush(1000)
    expect(memory.state.asked).toBe(asked)
  })

  it('holds up the end of the program no longer than it is told to', async () => {
    await append()
    memory.state.hangs = true
    vi.useRealTimers()
    const begun = performance.now()
    await head.flush(100)
    expect(performance.now() - begun).toBeLessThan(1000)
  })

  it('is not asked for again within the minute where there is no keychain, and then kept', async () => {
    memory.state.fault = new KeychainError('no-keychain')
    await append()
    await pass(10_000)
    for (let second = 0; second < 11; second += 1) {
      await append()
      await vi.advanceTimersByTimeAsync(5000)
    }
    expect(memory.state.asked).toBe(1)
    await head.flush(1000)
    expect(memory.state.asked).toBe(1)
    expect(await head.read()).toEqual({ kind: 'no-keychain' })
    memory.state.fault = null
    await append()
    await pass(10_000)
    await vi.waitFor(() => expect(memory.state.text).toBe(textOf(last())))
  })

  it('goes on from where an earlier program left it', async () => {
    await append()
    await head.flush(1000)
    start()
    await append()
    await head.flush(1000)
    expect(memory.state.text).toBe(textOf(last()))
    expect(await verifyJournal(database.storage, { head: await head.read() })).toMatchObject({
      kind: 'sound',
      rows: 2,
      head: 'kept',
    })
  })

  it('may lag after a kill', async () => {
    await append()
    await head.flush(1000)
    await append()
    start()
    expect(await verifyJournal(database.storage, { head: await head.read() })).toMatchObject({
      kind: 'sound',
      rows: 2,
      head: 'kept',
    })
  })

  it('keeps telling of a cut end, however many rows are written after it', async () => {
    for (let row = 0; row < 5; row += 1) await append()
    await head.flush(1000)
    const kept = memory.state.text
    await database.storage.db.deleteFrom('journal').where('seq', '>', 2).execute()
    for (const [rows, found] of [
      [0, { seq: 3, what: 'end-cut' }],
      [2, { seq: 5, what: 'end-cut' }],
      [1, { seq: 5, what: 'rewritten' }],
      [4, { seq: 5, what: 'rewritten' }],
    ] as const) {
      start()
      for (let row = 0; row < rows; row += 1) await append()
      await head.flush(1000)
      expect(memory.state.text).toBe(kept)
      expect(await verifyJournal(database.storage, { head: await head.read() })).toMatchObject({
        kind: 'tampered',
        ...found,
      })
    }
    await resetHead(memory.item, last())
    await append()
    await head.flush(1000)
    expect(memory.state.text).toBe(textOf(last()))
  })

  it('goes on when retention has let go of the row that it told of', async () => {
    for (let row = 0; row < 3; row += 1) await append()
    await head.flush(1000)
    wall.advance(60_000)
    const parts = { storage: database.storage, clock: wall, workstation: 'w' }
    await cutJournal(parts, { before: wall.now().toISOString(), months: 1, reason: null })
    start()
    await append()
    await head.flush(1000)
    expect(memory.state.text).toBe(textOf(last()))
  })

  it.each(['', 'x', '0:', `1:${'F'.repeat(64)}`, `-1:${'f'.repeat(64)}`, `1:${'f'.repeat(63)}`])(
    'is none when what is there is no head, which the next one replaces: %s',
    async (text) => {
      memory.state.text = text
      expect(await head.read()).toEqual({ kind: 'none' })
      await append()
      await head.flush(1000)
      expect(memory.state.text).toBe(textOf(last()))
    },
  )
})

describe('the head in a real keychain', () => {
  const keychain = openKeychain()
  let session: SessionWithKeychain
  let database: TestDatabase
  const item = keychain.journalHead('poste-1')
  beforeAll(async () => {
    session = await startSessionWithKeychain()
    // Before keytar is loaded: GLib keeps for ever the bus that it first meets.
    Object.assign(process.env, session.env)
    database = await openTestSqlite()
  })
  afterAll(async () => {
    await database.dispose()
    await session.stop()
  })
  const keeper = () => createHeadKeeper({ item: async () => item, storage: database.storage, clock: wall })

  it('is kept for one database, beside the secrets and not among them', async () => {
    expect(await readHead(item)).toEqual({ kind: 'none' })
    const head = keeper()
    const journal = createJournal({
      storage: database.storage,
      clock: wall,
      workstation: 'poste-1',
      written: head.note,
    })
    await journal.append({ kind: 'program.stopped', outcome: 'done', details: {} })
    await head.flush(4000)
    const row = (await journal.rows()).at(-1)
    expect(await keeper().read()).toEqual({ kind: 'kept', seq: 1, hash: row?.hash })
    expect(await readHead(keychain.journalHead('poste-2'))).toEqual({ kind: 'none' })
    expect(await keychain.names()).toEqual([])
    expect(await resetHead(item, { seq: 7, hash: 'a'.repeat(64) })).toBe(true)
    expect(await readHead(item)).toEqual({ kind: 'kept', seq: 7, hash: 'a'.repeat(64) })
    expect(await item.remove()).toBe(true)
    expect(await readHead(item)).toEqual({ kind: 'none' })
  })

  it('is out of reach when the keychain is closed: nothing asks its user, nothing is thrown', async () => {
    await item.write(`1:${'b'.repeat(64)}`)
    await session.lock()
    expect(await readHead(item)).toEqual({ kind: 'no-keychain' })
    expect(await resetHead(item, { seq: 2, hash: 'c'.repeat(64) })).toBe(false)
    const head = keeper()
    head.note({ seq: 2, hash: 'c'.repeat(64) })
    await head.flush(4000)
    expect(await head.read()).toEqual({ kind: 'no-keychain' })
  })
})
