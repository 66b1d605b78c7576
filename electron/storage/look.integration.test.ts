import { mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock as clock } from '../clock.ts'
import { holdWithOthers } from './in-use.ts'
import { lookAtDatabase } from './look.ts'
import { openStorage } from './open.ts'
import { markDamaged } from './restore.ts'
import { temporaryFolder } from './testing/engines.ts'
import { isRoot, makeReadOnly, mayMount, mountSmallDisk } from './testing/mount.ts'

const mounts = await mayMount()

let dataDir = ''
let file = ''
beforeEach(async () => {
  dataDir = await temporaryFolder()
  file = join(dataDir, 'test.db')
})
afterEach(() => rm(dataDir, { recursive: true }))

async function make(): Promise<void> {
  await (await openStorage({ url: 'sqlite:test.db', dataDir, clock })).close()
}

function alter(...statements: readonly string[]): void {
  const database = new Sqlite(file)
  for (const statement of statements) database.exec(statement)
  database.close()
}

const fault = async (): Promise<unknown> => {
  const error: unknown = await lookAtDatabase(file).catch((reason: unknown) => reason)
  return error instanceof Error && 'kind' in error ? error.kind : error
}

const backedUp = `insert into journal (seq, at, workstation, kind, outcome, details, hash)
  values (1, '2026-03-02T07:00:00.000Z', 'w', 'database.backed-up', 'done', '{}', 'h')`

describe('a look at the database', () => {
  it('finds one that is well, and when its pages were last seen sound', async () => {
    await make()
    const sound = { kind: 'open', wal: true, older: false, damaged: false, soundAt: null }
    expect(await lookAtDatabase(file)).toMatchObject(sound)
    alter(backedUp)
    await markDamaged(file)
    expect(await lookAtDatabase(file)).toMatchObject({ damaged: true, soundAt: '2026-03-02T07:00:00.000Z' })
  })

  it('writes nothing: no row, no migration', async () => {
    await make()
    alter("delete from kysely_migration where name like '0005%'", 'pragma user_version = 7')
    const before = new Sqlite(file, { readonly: true }).serialize()
    expect(await lookAtDatabase(file)).toMatchObject({ older: true })
    expect(new Sqlite(file, { readonly: true }).serialize().equals(before)).toBe(true)
  })

  it('tells a database that was never made from one that is gone', async () => {
    expect(await lookAtDatabase(file)).toEqual({ kind: 'none' })
    expect(await readdir(dataDir)).toEqual([])
    ;(await holdWithOthers(file)).release()
    expect(await fault()).toBe('missing-database')
    file = join(dataDir, 'nowhere', 'test.db')
    expect(await fault()).toBe('missing-folder')
  })

  it('says why it cannot be used', async () => {
    await make()
    alter("insert into kysely_migration (name, timestamp) values ('9999-later', '')")
    expect(await fault()).toBe('newer-schema')
    await writeFile(file, Buffer.alloc(8192, 'x'))
    expect(await fault()).toBe('corrupt')
    await truncate(file, 100)
    expect(await fault()).toBe('corrupt')
    await rm(file)
    await mkdir(file)
    expect(await fault()).not.toBeNull()
  })

  it('finds one that somebody writes without end, within a second or so', async () => {
    await make()
    const writer = new Sqlite(file)
    writer.exec('begin immediate')
    const began = performance.now()
    expect(await fault()).toBe('busy')
    expect(performance.now() - began).toBeLessThan(3000)
    writer.close()
  })

  it.runIf(!isRoot || mounts)('finds one that may not be written', async () => {
    await make()
    const undo = await makeReadOnly(dataDir)
    const found = await fault()
    await undo()
    expect(found).toBe('read-only')
  })

  it.runIf(mounts)('finds one whose disk is full', async () => {
    const disk = await mountSmallDisk('512k')
    file = join(disk.folder, 'test.db')
    const place = { url: 'sqlite:test.db', dataDir: disk.folder, clock }
    await (await openStorage(place)).close()
    await writeFile(join(disk.folder, 'filler'), Buffer.alloc(1_000_000)).catch(() => undefined)
    const found = await fault()
    await disk.unmount()
    expect(found).toBe('full')
  })
})
