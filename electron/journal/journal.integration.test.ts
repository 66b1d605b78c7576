import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StorageError } from '../storage/storage-error.ts'
import type { Storage } from '../storage/storage.ts'
import { engines, settableClock } from '../storage/testing/engines.ts'
import type { SettableClock, TestDatabase } from '../storage/testing/engines.ts'
import { verifyChain } from './chain.ts'
import { createJournal } from './journal.ts'
import type { Journal } from './journal.ts'

const started = { kind: 'program.started', outcome: 'done', details: { version: '0.1.0' } } as const
const stopped = { kind: 'program.stopped', outcome: 'done', details: {} } as const

describe.each(engines)('journal on $name', ({ name, open }) => {
  let database: TestDatabase
  let clock: SettableClock
  let journal: Journal
  beforeEach(async () => {
    database = await open()
    clock = settableClock('2026-03-02T08:00:00Z')
    journal = createJournal({ storage: database.storage, clock, workstation: 'w' })
  })
  afterEach(() => database.dispose())

  it('gives back the rows as they were written, in order, with the time and the place', async () => {
    await journal.append(started)
    clock.advance(1500)
    await journal.append({
      kind: 'module.failed',
      outcome: 'failed',
      operator: { id: 'o', code: 'PAT' },
      means: 'password',
      module: 'produits',
      reference: '7K2-49R',
      details: { reason: 'missing' },
    })
    const nothing = { operatorId: null, operatorCode: null, means: null, module: null, reference: null }
    expect(await journal.rows()).toMatchObject([
      { ...started, ...nothing, seq: 1, at: '2026-03-02T08:00:00.000Z', workstation: 'w' },
      {
        seq: 2,
        at: '2026-03-02T08:00:01.500Z',
        workstation: 'w',
        operatorId: 'o',
        operatorCode: 'PAT',
        kind: 'module.failed',
        outcome: 'failed',
        means: 'password',
        module: 'produits',
        reference: '7K2-49R',
        details: { reason: 'missing' },
      },
    ])
  })

  it('makes one chain of what is appended at once', async () => {
    await Promise.all(Array.from({ length: 30 }, () => journal.append(started)))
    expect(verifyChain(await journal.rows())).toEqual({ ok: true, rows: 30 })
  })

  it('exists exactly if what it records does', async () => {
    const attempt = database.storage.write(async (trx) => {
      await journal.appendIn(trx, started)
      await journal.appendIn(trx, stopped)
      throw new Error('refused')
    })
    await expect(attempt).rejects.toThrow('refused')
    expect(await journal.rows()).toEqual([])
    await database.storage.write(async (trx) => {
      await journal.appendIn(trx, started)
      await journal.appendIn(trx, stopped)
    })
    expect(verifyChain(await journal.rows())).toEqual({ ok: true, rows: 2 })
  })

  it.each([
    ['update', "update journal set kind = 'forged' where seq = 1"],
    ['update of the hash', "update journal set hash = '' where seq = 1"],
    ['delete', 'delete from journal where seq = 2'],
    ['delete of all', 'delete from journal'],
  ])('refuses an %s', async (_, statement) => {
    await journal.append(started)
    await journal.append(stopped)
    const before = await journal.rows()
    await expect(sql.raw(statement).execute(database.storage.db)).rejects.toBeInstanceOf(StorageError)
    expect(await journal.rows()).toEqual(before)
  })

  it.runIf(name === 'SQLite')('refuses a row put in the place of another', async () => {
    await journal.append(started)
    const forged = sql`insert or replace into journal select seq, at, workstation, operator_id, operator_code,
      'forged', outcome, means, module, reference, details, hash from journal`
    await expect(forged.execute(database.storage.db)).rejects.toThrow(/never replaced/u)
    expect(await journal.rows()).toMatchObject([started])
  })

  it.runIf(name === 'PostgreSQL')('refuses to be emptied', async () => {
    await journal.append(started)
    await expect(sql`truncate journal`.execute(database.storage.db)).rejects.toBeInstanceOf(StorageError)
    expect(await journal.rows()).toHaveLength(1)
  })

  it('knows a sound head from one written by somebody else', async () => {
    expect(await journal.headIsSound()).toBe(true)
    await journal.append(started)
    expect(await journal.headIsSound()).toBe(true)
    await journal.append(stopped)
    expect(await journal.headIsSound()).toBe(true)
    const forged = sql`insert into journal select seq + 1, at, workstation, operator_id, operator_code,
      kind, outcome, means, module, reference, details, hash from journal where seq = 2`
    await forged.execute(database.storage.db)
    expect(await journal.headIsSound()).toBe(false)
    expect(verifyChain(await journal.rows())).toEqual({ ok: false, seq: 3, reason: 'hash' })
  })

  it.each(['not json', '{"b":1,"a":2}', '[]', '{"version":"0.1.0","version":"0.1.0"}'])(
    'sees details that are not what was written: %s',
    async (details) => {
      await journal.append(started)
      await sql`insert into journal select 2, at, workstation, operator_id, operator_code, kind, outcome, means,
        module, reference, ${details}, hash from journal`.execute(database.storage.db)
      expect(verifyChain(await journal.rows())).toEqual({ ok: false, seq: 2, reason: 'hash' })
    },
  )

  describe('rows of what has already taken effect', () => {
    it('are written in order with the time of the event, once the database answers', async () => {
      const storage = answeringAfter(2, database.storage)
      const late = createJournal({ storage, clock, workstation: 'w' })
      for (const reason of ['disconnect', 'countdown', 'expired'] as const) {
        late.appendEventually({ kind: 'session.ended', outcome: 'done', details: { reason } })
        clock.advance(1000)
      }
      expect(await late.flush(100)).toBe(3)
      expect(await late.flush(10_000)).toBe(0)
      expect((await journal.rows()).map(({ at, details }) => [at, details])).toEqual([
        ['2026-03-02T08:00:00.000Z', { reason: 'disconnect' }],
        ['2026-03-02T08:00:01.000Z', { reason: 'countdown' }],
        ['2026-03-02T08:00:02.000Z', { reason: 'expired' }],
      ])
      expect(verifyChain(await journal.rows())).toMatchObject({ ok: true })
    })

    it('come before any row that is written later, in the same transaction', async () => {
      const storage = answeringAfter(1, database.storage)
      const late = createJournal({ storage, clock, workstation: 'w' })
      late.appendEventually({ kind: 'session.ended', outcome: 'done', details: { reason: 'disconnect' } })
      expect(await late.flush(0)).toBe(1)
      clock.advance(1000)
      await storage.write(async (trx) => {
        await late.appendIn(trx, stopped)
        await late.appendIn(trx, stopped)
      })
      expect(late.unwritten()).toEqual([])
      expect(await late.flush(1000)).toBe(0)
      expect((await journal.rows()).map(({ kind }) => kind)).toEqual([
        'session.ended',
        'program.stopped',
        'program.stopped',
      ])
    })

    it('are kept when the transaction that took them along is undone', async () => {
      const storage = answeringAfter(1, database.storage)
      const late = createJournal({ storage, clock, workstation: 'w' })
      late.appendEventually(stopped)
      const undone = storage.write(async (trx) => {
        await late.appendIn(trx, stopped)
        throw new Error('undone')
      })
      await expect(undone).rejects.toThrow()
      expect(late.unwritten()).toHaveLength(1)
      expect(await late.flush(2000)).toBe(0)
      expect(await journal.rows()).toHaveLength(1)
    })

    it('wait in memory for a database that never answers, and nothing throws', async () => {
      const late = createJournal({
        storage: answeringAfter(Infinity, database.storage),
        clock,
        workstation: 'w',
      })
      late.appendEventually(stopped)
      expect(await late.flush(50)).toBe(1)
      expect(await journal.rows()).toEqual([])
    })
  })
})

function answeringAfter(failures: number, storage: Storage): Storage {
  let asked = 0
  return {
    ...storage,
    write: async (work) => {
      asked += 1
      if (asked <= failures) throw new StorageError('busy')
      return storage.write(work)
    },
  }
}
