import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readJournal } from '../../e2e/support/journal.ts'
import { systemClock } from '../clock.ts'
import { createJournal } from '../journal/journal.ts'
import { openStorage } from './open.ts'
import type { Storage } from './storage.ts'
import { engines, temporaryFolder } from './testing/engines.ts'
import { readWorkstation } from './workstation.ts'

const started = { kind: 'program.started', outcome: 'done', details: { version: '0.1.0' } } as const
const writerProgram = fileURLToPath(new URL('testing/writer.ts', import.meta.url))

let dataDir: string
const opened: Storage[] = []
beforeEach(async () => {
  dataDir = await temporaryFolder()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((storage) => storage.close()))
  await rm(dataDir, { recursive: true })
})

async function open(): Promise<Storage> {
  const storage = await openStorage({ url: 'sqlite:test.db', dataDir, clock: systemClock })
  opened.push(storage)
  return storage
}

function startWriter(count: number) {
  const child = spawn(process.execPath, [writerProgram, dataDir, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { child, lines: createInterface(child.stdout), ended: once(child, 'close') }
}

function rowCount(): number {
  try {
    return readJournal(dataDir, 'test.db').rows.length
  } catch {
    return 0
  }
}

describe('an SQLite database', () => {
  it('keeps its writes whatever happens, and its tables to their types', async () => {
    const storage = await open()
    const pragma = async (name: string) => (await sql.raw(`pragma ${name}`).execute(storage.db)).rows
    expect(await pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }])
    expect(await pragma('synchronous')).toEqual([{ synchronous: 2 }])
    expect(await pragma('foreign_keys')).toEqual([{ foreign_keys: 1 }])
    const { rows } = await sql<{ name: string }>`select name from pragma_table_list
      where schema = 'main' and strict = 1 order by name`.execute(storage.db)
    expect(rows.map(({ name }) => name)).toEqual([
      'failure',
      'journal',
      'journal_checkpoint',
      'operator',
      'phone_push',
      'throttle',
      'workstation',
    ])
  })

  it('is made in an empty file, and found again', async () => {
    await writeFile(path.join(dataDir, 'test.db'), '')
    const identity = await readWorkstation(await open())
    expect(identity.throttleKey).toHaveLength(32)
    expect(await readWorkstation(await open())).toEqual(identity)
  })

  it('is made once by two connections that open it together', async () => {
    const storages = await Promise.all([open(), open(), open()])
    const identities = await Promise.all(storages.map(readWorkstation))
    expect(new Set(identities.map(({ id }) => id)).size).toBe(1)
  })

  it('takes one chain from two connections', async () => {
    const journals = (await Promise.all([open(), open()])).map((storage, index) =>
      createJournal({ storage, clock: systemClock, workstation: `w${index}` }),
    )
    await Promise.all(
      journals.flatMap((journal) => Array.from({ length: 50 }, () => journal.append(started))),
    )
    expect(readJournal(dataDir, 'test.db').verdict).toEqual({ ok: true, rows: 100 })
  })

  it('takes one chain from two programs that start together on nothing', async () => {
    const programs = [startWriter(100), startWriter(100)]
    const codes = await Promise.all(programs.map(async ({ ended }) => (await ended)[0]))
    expect(codes).toEqual([0, 0])
    expect(readJournal(dataDir, 'test.db').verdict).toEqual({ ok: true, rows: 200 })
  })

  it('waits for another writer, and lets others read meanwhile', async () => {
    const storage = await open()
    const journal = createJournal({ storage, clock: systemClock, workstation: 'w' })
    const other = new Sqlite(path.join(dataDir, 'test.db'))
    other.exec('begin immediate')
    const appended = journal.append(started)
    expect(await journal.rows()).toEqual([])
    setTimeout(() => other.exec('rollback'), 300)
    const begin = performance.now()
    await appended
    expect(performance.now() - begin).toBeGreaterThan(200)
    other.close()
    expect(await journal.rows()).toHaveLength(1)
  })

  it('keeps every row that was answered when its program is killed', async () => {
    for (const killAfter of [1, 60, 150]) {
      const before = rowCount()
      const { child, lines, ended } = startWriter(100_000)
      let written = 0
      lines.on('line', () => {
        written += 1
        if (written === killAfter) child.kill('SIGKILL')
      })
      await ended
      const storage = await open()
      const journal = createJournal({ storage, clock: systemClock, workstation: 'w' })
      expect(await journal.headIsSound()).toBe(true)
      const { rows, verdict } = readJournal(dataDir, 'test.db')
      expect(verdict.ok).toBe(true)
      expect(rows.length).toBeGreaterThanOrEqual(before + written)
    }
  })
})

describe.each(engines)('a transaction on $name', ({ open: openEngine }) => {
  it('excludes every other from its beginning', async () => {
    const { storage, dispose } = await openEngine()
    const seen: string[] = []
    const work = (name: string) =>
      storage.write(async () => {
        seen.push(`${name} begins`)
        await new Promise((resolve) => setTimeout(resolve, 20))
        seen.push(`${name} ends`)
      })
    await Promise.all([work('a'), work('b')])
    expect(seen.map((step) => step.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends'])
    await dispose()
  })

  it('is over before the database closes', async () => {
    const { storage, dispose } = await openEngine()
    const journal = createJournal({ storage, clock: systemClock, workstation: 'w' })
    const append = journal.append(started)
    const disposed = dispose()
    await expect(append).resolves.toBeUndefined()
    await disposed
  })
})
