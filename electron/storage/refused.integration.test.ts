import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../clock.ts'
import { createJournal } from '../journal/journal.ts'
import { openStorage } from './open.ts'
import {
  hurried,
  makeDatabase,
  open,
  opensAs,
  place,
  started,
  useTemporaryFolder,
} from './testing/bad-input.ts'
import { isRoot, makeFileReadOnly, makeReadOnly, mayMount, mountSmallDisk } from './testing/mount.ts'

const mounts = await mayMount()
useTemporaryFolder()

describe('a database locked by another program', () => {
  it('is « busy » for writers after five seconds, not for readers', async () => {
    const storage = await openStorage({ url: 'sqlite:test.db', dataDir: place.dataDir, clock: systemClock })
    const journal = createJournal({ storage, clock: systemClock, workstation: 'w' })
    const other = new Sqlite(place.file)
    other.exec('begin immediate')
    const begin = performance.now()
    await expect(journal.append(started)).rejects.toMatchObject({ kind: 'busy' })
    expect(performance.now() - begin).toBeGreaterThan(4900)
    expect(performance.now() - begin).toBeLessThan(6500)
    expect(await journal.rows()).toEqual([])
    other.close()
    await journal.append(started)
    await storage.close()
  })

  it('is « busy » at the start', async () => {
    await makeDatabase()
    const other = new Sqlite(place.file)
    other.pragma('locking_mode = EXCLUSIVE')
    other.exec('begin exclusive')
    await opensAs('busy')
    other.close()
    await (await open()).close()
  })
})

describe.runIf(mounts || !isRoot)('a database that cannot be written', () => {
  it.each([
    ['its folder', () => makeReadOnly(place.dataDir)],
    ['its file', () => makeFileReadOnly(place.file)],
  ])('%s being read-only is « read-only »', async (_, protect) => {
    await makeDatabase()
    const undo = await protect()
    try {
      await opensAs('read-only')
    } finally {
      await undo()
    }
  })

  it('is « read-only » before it exists, too', async () => {
    const undo = await makeReadOnly(place.dataDir)
    try {
      await opensAs('read-only')
    } finally {
      await undo()
    }
  })
})

describe('a full disk', () => {
  const longRow = { ...started, details: { version: 'v'.repeat(2000) } }

  it.runIf(mounts)('is « full » at the start and in use, and nothing written before is lost', async () => {
    const disk = await mountSmallDisk('512k')
    onTestFinished(disk.unmount)
    const small = { url: 'sqlite:test.db', dataDir: disk.folder, clock: hurried }
    const ballast = path.join(disk.folder, 'ballast')
    await writeFile(ballast, Buffer.alloc(480 * 1024))
    await expect(openStorage(small)).rejects.toMatchObject({ kind: 'full' })
    await rm(ballast)

    const storage = await openStorage(small)
    const journal = createJournal({ storage, clock: systemClock, workstation: 'w' })
    let written = 0
    const fill = async () => {
      for (;;) {
        await journal.append(longRow)
        written += 1
      }
    }
    await expect(fill()).rejects.toMatchObject({ kind: 'full' })
    expect(written).toBeGreaterThan(5)
    expect(await journal.rows()).toHaveLength(written)
    expect(await journal.headIsSound()).toBe(true)
    await storage.close()
  })

  it('is « full » when the database may not grow', async () => {
    const storage = await open()
    const journal = createJournal({ storage, clock: systemClock, workstation: 'w' })
    await sql`pragma max_page_count = 25`.execute(storage.db)
    const fill = async () => {
      for (;;) await journal.append(longRow)
    }
    await expect(fill()).rejects.toMatchObject({ kind: 'full' })
    await sql`pragma max_page_count = 1000`.execute(storage.db)
    await journal.append(started)
    expect(await journal.headIsSound()).toBe(true)
    await storage.close()
  })
})

describe('a database that is not where it should be', () => {
  it('in a missing folder is « missing-folder », and no folder is made', async () => {
    await expect(open('sqlite:absent/test.db')).rejects.toMatchObject({ kind: 'missing-folder' })
    expect(await readdir(place.dataDir)).toEqual([])
  })

  it('under a file is « missing-folder »', async () => {
    await writeFile(path.join(place.dataDir, 'file'), '')
    await expect(open('sqlite:file/test.db')).rejects.toMatchObject({ kind: 'missing-folder' })
  })

  it('but a folder in its place is « unavailable »', async () => {
    await mkdir(place.file)
    await opensAs('unavailable')
  })

  it('removed while in use is « missing-folder »: nothing is said to be written that is lost', async () => {
    const storage = await open()
    const journal = createJournal({ storage, clock: systemClock, workstation: 'w' })
    await rm(place.file)
    await expect(journal.append(started)).rejects.toMatchObject({ kind: 'missing-folder' })
    await storage.close()
  })

  it('replaced while in use is « missing-folder » too', async () => {
    await makeDatabase()
    const storage = await open()
    const journal = createJournal({ storage, clock: systemClock, workstation: 'w' })
    await journal.append(started)
    for (const part of ['', '-wal', '-shm'])
      await rename(`${place.file}${part}`, `${place.file}.other${part}`)
    await makeDatabase(1)
    await expect(journal.append(started)).rejects.toMatchObject({ kind: 'missing-folder' })
    await storage.close()
  })

  it.each(['postgres://localhost/comptoir', 'comptoir.db', 'sqlite:'])('« %s » is refused', async (url) => {
    await expect(open(url)).rejects.toMatchObject({ kind: 'unavailable' })
  })
})
