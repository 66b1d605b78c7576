import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, settableClock } from '../storage/testing/engines.ts'
import type { TestDatabase } from '../storage/testing/engines.ts'
import type { Storage } from '../storage/storage.ts'
import { beginning, hashOf } from './chain.ts'
import type { ChainedRow, JournalRow } from './chain.ts'
import { createJournal } from './journal.ts'
import { cutJournal } from './retention.ts'
import { anyRow, chained, disarm, fill } from './testing/chains.ts'
import type { KeptHead } from './verdict.ts'
import { verifyJournal } from './verify.ts'

const none: KeptHead = { kind: 'none' }
const headOf = (rows: readonly ChainedRow[]): KeptHead => {
  const { seq, hash } = rows.at(-1) ?? beginning
  return { kind: 'kept', seq, hash }
}
// A text that every engine stores: PostgreSQL takes no U+0000.
const storable = anyRow.filter((row) => !JSON.stringify(row).includes('\\u0000'))
const journals = (minLength: number) => fc.array(storable, { minLength, maxLength: 12 }).map(chained)
/** A journal, and the index of one of its rows. */
const place = (minLength = 1) =>
  fc.tuple(journals(minLength), fc.nat()).map(([rows, at]) => ({ rows, index: at % rows.length }))
const numbered = (rows: readonly ChainedRow[]): ChainedRow[] =>
  rows.map((row, index) => Object.assign({}, row, { seq: index + 1 }))
const started = (index: number): Omit<JournalRow, 'seq'> => ({
  at: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
  workstation: 'w',
  operatorId: null,
  operatorCode: null,
  kind: 'program.started',
  outcome: 'done',
  means: null,
  module: null,
  reference: null,
  details: { version: String(index) },
})
const many = chained(Array.from({ length: 3500 }, (_, index) => started(index)))

describe.each(engines)('verifying a journal on $name', ({ name, open }) => {
  let database: TestDatabase
  const verify = (head: KeptHead = none) => verifyJournal(database.storage, { head })
  const tell = async (rows: readonly ChainedRow[], head: KeptHead = none) => {
    await fill(database.storage, rows)
    return verify(head)
  }
  beforeAll(async () => {
    database = await open()
    await disarm(database.storage, name)
  })
  beforeEach(() => fill(database.storage, []))
  afterAll(() => database.dispose())

  const always = <T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => Promise<void>): Promise<void> =>
    fc.assert(fc.asyncProperty(arbitrary, holds), { numRuns: name === 'SQLite' ? 60 : 25 })

  it('says what it read of a sound one', () =>
    always(journals(0), async (rows) => {
      const ends = [rows[0], rows.at(-1)].map((row) =>
        row === undefined ? null : { seq: row.seq, hash: row.hash },
      )
      const sound = { kind: 'sound', rows: rows.length, first: ends[0], last: ends[1] }
      expect(await tell(rows)).toEqual({ ...sound, head: 'none' })
      expect(await verify({ kind: 'no-keychain' })).toEqual({ ...sound, head: 'no-keychain' })
      if (rows.length > 0) expect(await verify(headOf(rows))).toEqual({ ...sound, head: 'kept' })
    }))

  it('names any row that was changed, whatever was changed in it', () => {
    const columns = [
      'at',
      'workstation',
      'operatorId',
      'operatorCode',
      'kind',
      'outcome',
      'means',
      'module',
    ] as const
    const edit = fc.tuple(place(), fc.constantFrom(...columns, 'reference', 'details', 'hash'), storable)
    return always(edit, async ([{ rows, index }, column, other]) => {
      const was = rows[index]
      if (was === undefined) return
      const now =
        column === 'hash' ? { ...was, hash: hashOf('another', was) } : { ...was, [column]: other[column] }
      fc.pre(hashOf('', now) !== hashOf('', was) || now.hash !== was.hash)
      const found = await tell(rows.with(index, now), headOf(rows))
      expect(found).toEqual({ kind: 'tampered', seq: index + 1, what: 'changed', rows: index })
    })
  })

  it('names any row that is missing', () =>
    always(place(), async ({ rows, index }) => {
      const what = index === rows.length - 1 ? 'end-cut' : 'removed'
      const found = await tell(rows.toSpliced(index, 1), headOf(rows))
      expect(found).toEqual({ kind: 'tampered', seq: index + 1, what, rows: index })
    }))

  it('names any row that is missing, when the others were numbered again', () =>
    always(place(2), async ({ rows, index }) => {
      fc.pre(index < rows.length - 1)
      const found = await tell(numbered(rows.toSpliced(index, 1)), headOf(rows))
      expect(found).toEqual({ kind: 'tampered', seq: index + 1, what: 'removed', rows: index })
    }))

  it('names any row that was put in, whether its hash holds or not', () =>
    always(fc.tuple(place(), storable, fc.boolean()), async ([{ rows, index }, other, holds]) => {
      const seq = index + 1
      const hash = hashOf(holds ? (rows[index - 1] ?? beginning).hash : 'made up', { ...other, seq })
      fc.pre(hash !== rows[index]?.hash)
      const more = rows.toSpliced(index, 0, { ...other, seq, hash })
      const found = await tell(numbered(more))
      expect(found).toEqual({ kind: 'tampered', seq, what: 'inserted', rows: holds ? seq : index })
    }))

  it('names the first of any two rows that changed places', () =>
    always(fc.tuple(place(2), fc.nat()), async ([{ rows, index }, at]) => {
      const other = at % rows.length
      fc.pre(other !== index)
      const [low, high] = [Math.min(index, other), Math.max(index, other)]
      const [one, two] = [rows[low], rows[high]]
      if (one === undefined || two === undefined) return
      const found = await tell(rows.with(low, { ...two, seq: low + 1 }).with(high, { ...one, seq: high + 1 }))
      expect(found).toEqual({ kind: 'tampered', seq: low + 1, what: 'reordered', rows: low })
    }))

  it('tells a journal written anew from the one whose head was kept', () =>
    always(fc.tuple(place(), storable), async ([{ rows, index }, other]) => {
      const anew = chained(rows.with(index, { ...other, hash: '', seq: 0 }))
      fc.pre(anew.at(-1)?.hash !== rows.at(-1)?.hash)
      const found = await tell(anew, headOf(rows))
      expect(found).toEqual({ kind: 'tampered', seq: rows.length, what: 'rewritten', rows: rows.length })
    }))

  it('takes rows that were added since the head was kept', async () => {
    const head = headOf(many.slice(0, 10))
    expect(await tell(many.slice(0, 12), head)).toMatchObject({ kind: 'sound', rows: 12, head: 'kept' })
  })

  it('reads by batches, with news of them, and goes through what lies between two', async () => {
    await fill(database.storage, many)
    const news: number[] = []
    const onProgress = ({ done, total }: { done: number; total: number }): void => {
      expect(total).toBe(3500)
      news.push(done)
    }
    expect(await verifyJournal(database.storage, { head: none, onProgress })).toMatchObject({ rows: 3500 })
    expect(news).toEqual([1000, 2000, 3000, 3500])
    for (const seq of [1000, 1001, 2000, 2001]) {
      expect(await tell(many.toSpliced(seq - 1, 1))).toMatchObject({ seq, what: 'removed' })
      const swapped = many.map((row) =>
        row.seq === seq ? { ...row, seq: seq + 1 } : row.seq === seq + 1 ? { ...row, seq } : row,
      )
      expect(await tell(swapped)).toMatchObject({ seq, what: 'reordered' })
    }
  })

  it('lets others have their turn', async () => {
    await fill(database.storage, many)
    let turns = 0
    const timer = setInterval(() => (turns += 1), 0)
    await verify()
    clearInterval(timer)
    expect(turns).toBeGreaterThanOrEqual(3)
  })

  it('ends early when it is aborted, in the middle of a diagnosis too', async () => {
    await fill(database.storage, many)
    const verifyUntil = (last: number) => {
      const ending = new AbortController()
      let reads = 0
      const read: Storage['read'] = (work) => {
        reads += 1
        if (reads === last) ending.abort()
        return database.storage.read(work)
      }
      return verifyJournal({ ...database.storage, read }, { head: none, signal: ending.signal })
    }
    expect(await verifyUntil(4)).toEqual({ kind: 'cancelled' })
    await fill(database.storage, many.toSpliced(10, 1))
    expect(await verifyUntil(1000)).toMatchObject({ seq: 11, what: 'removed' })
    expect(await verifyUntil(8)).toEqual({ kind: 'cancelled' })
  })

  it('does not take for missing what retention lets go of meanwhile', async () => {
    await fill(database.storage, many)
    const clock = settableClock('2026-01-10T00:00:00Z')
    const parts = { storage: database.storage, clock, workstation: 'w' }
    const cut = { before: many[2500]?.at ?? '', months: 1, reason: null }
    const cuts: Promise<number>[] = []
    const found = await verifyJournal(database.storage, {
      head: headOf(many),
      onProgress: () => {
        if (cuts.length === 0) cuts.push(cutJournal(parts, cut))
      },
    })
    expect(await Promise.all(cuts)).toEqual([2500])
    expect(found).toMatchObject({ kind: 'sound', head: 'kept' })
    expect(await verify(headOf(many))).toMatchObject({ kind: 'sound', rows: 1001, first: { seq: 2501 } })
  })

  it('takes a head that is older than what was let go for none', async () => {
    await fill(database.storage, many.slice(0, 20))
    const clock = settableClock('2026-01-10T00:00:00Z')
    const parts = { storage: database.storage, clock, workstation: 'w' }
    await cutJournal(parts, { before: many[10]?.at ?? '', months: 1, reason: null })
    expect(await verify(headOf(many.slice(0, 9)))).toMatchObject({ kind: 'sound', head: 'none' })
    expect(await verify(headOf(many.slice(0, 10)))).toMatchObject({ kind: 'sound', head: 'kept' })
    const other: KeptHead = { kind: 'kept', seq: 10, hash: 'f'.repeat(64) }
    expect(await verify(other)).toMatchObject({ kind: 'tampered', seq: 10, what: 'rewritten' })
  })

  it('follows what is appended by the journal itself', async () => {
    const journal = createJournal({
      storage: database.storage,
      clock: settableClock('2026-01-10T00:00:00Z'),
      workstation: 'w',
    })
    for (let row = 0; row < 5; row += 1) {
      await journal.append({ kind: 'program.started', outcome: 'done', details: { version: 'é\u2028"\\' } })
    }
    expect(await verify()).toMatchObject({ kind: 'sound', rows: 5 })
  })
})
