import { copyFile, mkdir, readFile, readdir, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { createJournal } from '../journal/journal.ts'
import { makeDatabase, open, opensAs, place, started, useTemporaryFolder } from './testing/bad-input.ts'

useTemporaryFolder()

/** Every file of a folder, byte for byte; an empty WAL and its shared memory are no content. */
async function contents(folder = place.dataDir): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const name of (await readdir(folder)).sort()) {
    if (name.endsWith('-shm')) continue
    const bytes = await readFile(path.join(folder, name), 'base64')
    if (bytes !== '') found.set(name, bytes)
  }
  return found
}

/** Copies the files of a running program: what would be left if it were killed now. */
async function asIfKilled(...names: string[]): Promise<string> {
  const folder = path.join(place.dataDir, 'killed')
  await mkdir(folder)
  for (const name of names) await copyFile(path.join(place.dataDir, name), path.join(folder, name))
  return folder
}

async function damage(change: (bytes: Buffer) => Buffer): Promise<void> {
  await makeDatabase()
  await writeFile(place.file, change(await readFile(place.file)))
}

async function cut(length: number): Promise<void> {
  await makeDatabase()
  await truncate(place.file, length)
}

describe('a damaged database', () => {
  it.each([
    ['with a corrupt header', () => damage((bytes) => bytes.fill(0x55, 0, 100))],
    ['with a header damaged after its first words', () => damage((bytes) => bytes.fill(0x55, 16, 100))],
    ['turned into zeros', () => damage((bytes) => Buffer.alloc(bytes.length))],
    ['that is a text file', () => writeFile(place.file, 'Officine du Test\n'.repeat(500))],
    ['that is a very short text file', () => writeFile(place.file, 'x')],
    ['cut between two pages', () => cut(8192)],
    ['cut within its first page', () => cut(1000)],
    ['cut within its header', () => cut(50)],
  ])('%s is « corrupt » and left byte for byte as it is', async (_, prepare) => {
    await prepare()
    const before = await contents()
    await opensAs('corrupt')
    expect(await contents()).toEqual(before)
  })

  it('that shows only in use is « corrupt » too', async () => {
    await makeDatabase(500)
    const sqlite = new Sqlite(place.file)
    const query = sqlite.prepare("select rootpage from sqlite_master where name = 'journal'")
    const page = Number(query.pluck().get())
    sqlite.close()
    const bytes = await readFile(place.file)
    await writeFile(place.file, bytes.fill(0xff, (page - 1) * 4096, page * 4096))
    const storage = await open()
    const journal = createJournal({ storage, clock: systemClock, workstation: 'w' })
    await expect(journal.append(started)).rejects.toMatchObject({ kind: 'corrupt' })
    await expect(journal.rows()).rejects.toMatchObject({ kind: 'corrupt' })
    await storage.close()
  })
})

describe('a database of a newer version', () => {
  it('is « newer-schema », and left as it is with its unfinished WAL', async () => {
    await makeDatabase()
    const newer = new Sqlite(place.file)
    newer.exec("insert into kysely_migration values ('9999-future', '2030-01-01T00:00:00.000Z')")
    const folder = await asIfKilled('test.db', 'test.db-wal')
    newer.close()
    const before = await contents(folder)
    expect([...before.keys()]).toEqual(['test.db', 'test.db-wal'])
    await opensAs('newer-schema', folder)
    expect(await contents(folder)).toEqual(before)
  })
})

describe('a database that a crash left half-written', () => {
  it('is mended when a connection that may write is needed for it', async () => {
    await makeDatabase()
    const sqlite = new Sqlite(place.file)
    sqlite.pragma('journal_mode = DELETE')
    sqlite.pragma('cache_size = 1')
    sqlite.exec('begin; create table half (text); insert into half values (zeroblob(200000))')
    const folder = await asIfKilled('test.db', 'test.db-journal')
    sqlite.exec('rollback')
    sqlite.close()
    const storage = await open('sqlite:test.db', folder)
    const journal = createJournal({ storage, clock: systemClock, workstation: 'w' })
    expect(await journal.rows()).toHaveLength(50)
    expect((await storage.db.introspection.getTables()).map(({ name }) => name)).not.toContain('half')
    await storage.close()
  })
})
