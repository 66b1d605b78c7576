import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import {
  chmod,
  chown,
  copyFile,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readJournal } from '../../e2e/support/journal.ts'
import { markDamaged } from '../storage/restore.ts'
import { isRoot, makeFileReadOnly, makeReadOnly, mayMount, mountSmallDisk } from '../storage/testing/mount.ts'
import { backUpTo, isSound, restoreBackup } from './backups.ts'
import { addRows, openSite, site, spoilHeader, spoilPage, useSite, writeRows } from './testing/site.ts'

const mounts = await mayMount()
const user = fileURLToPath(new URL('testing/user.ts', import.meta.url))
useSite()

const backup = (): string => path.join(site.dataDir, 'copie.db')
const restore = (by: 'start' | 'command' = 'start', file = backup()) =>
  restoreBackup({
    database: site.database,
    backup: file,
    present: by === 'start' ? 'abimee' : 'remplacee',
    by: by === 'start' ? { by } : { by, osAccount: 'test', authorisedBy: null },
    keptHead: null,
  })
/** Every file of the data folder, byte for byte; SQLite's own, which hold nothing, come and go. */
async function contents(): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const name of await fileNames()) {
    found.set(name, await readFile(path.join(site.dataDir, name), 'base64'))
  }
  return found
}
function isEmptyWal(name: string): boolean {
  return name.endsWith('-wal') && statSync(path.join(site.dataDir, name)).size === 0
}
async function fileNames(): Promise<string[]> {
  const names = (await readdir(site.dataDir)).sort()
  return names.filter((name) => !name.endsWith('-shm') && !isEmptyWal(name))
}
/** Ten rows, a backup of them, and five more. */
async function tenAndFive(): Promise<void> {
  await addRows(10)
  await backUpTo({ database: site.database, file: backup() })
  await addRows(5)
}

describe('a backup that takes the place of a damaged database', () => {
  it('goes on with the journal, and the damaged one is kept as it was', async () => {
    await tenAndFive()
    await spoilHeader(site.database)
    const damaged = await readFile(site.database, 'base64')
    await expect(openSite()).rejects.toMatchObject({ kind: 'corrupt' })

    expect(await restore()).toMatchObject({ kind: 'restored', head: { seq: 10 } })

    const aside = (await readdir(site.dataDir)).find((name) => name.includes('abimee-'))
    expect(aside).toMatch(/^comptoir\.db\.abimee-\d{4}-\d\d-\d\d-\d{6}$/u)
    expect(await readFile(path.join(site.dataDir, aside ?? ''), 'base64')).toBe(damaged)
    const { rows, verdict } = readJournal(site.dataDir)
    expect(verdict).toEqual({ ok: true, rows: 11 })
    expect(rows[10]).toMatchObject({
      kind: 'database.restored',
      details: { by: 'start', upTo: 10, hash: rows[9]?.hash, oldHead: null },
    })
    const { storage, journal } = await openSite()
    await writeRows({ journal }, 1)
    await storage.close()
    expect(readJournal(site.dataDir).verdict).toEqual({ ok: true, rows: 12 })
    // The backup is copied: it stays.
    expect(await fileNames()).toEqual(['comptoir.db', aside, 'comptoir.db.usage', 'copie.db'])
  })

  it('records the head of what can still be read, and takes its WAL away with it', async () => {
    await tenAndFive()
    const head = readJournal(site.dataDir).rows.at(-1)
    const running = await openSite()
    await writeRows(running, 1)
    // As a kill leaves them.
    for (const part of ['', '-wal'])
      await copyFile(`${site.database}${part}`, path.join(site.dataDir, `killed${part}`))
    await running.storage.close()
    for (const part of ['', '-wal'])
      await rename(path.join(site.dataDir, `killed${part}`), `${site.database}${part}`)
    await markDamaged(site.database)
    await expect(openSite()).rejects.toMatchObject({ kind: 'corrupt' })

    expect(await restore()).toMatchObject({ kind: 'restored' })

    const names = await readdir(site.dataDir)
    expect(names.filter((name) => name.endsWith('-wal'))).toEqual([expect.stringMatching(/abimee-.*-wal$/u)])
    const { rows, verdict } = readJournal(site.dataDir)
    expect(verdict).toEqual({ ok: true, rows: 11 })
    expect(rows[10]?.details).toMatchObject({ oldHead: { seq: (head?.seq ?? 0) + 1 } })
    await (await openSite()).storage.close()
  })

  it('never takes the place of one that was set aside before', async () => {
    await tenAndFive()
    for (let time = 0; time < 3; time++) {
      await spoilHeader(site.database)
      expect(await restore()).toMatchObject({ kind: 'restored' })
    }
    const aside = (await readdir(site.dataDir)).filter((name) => name.includes('abimee-'))
    expect(aside).toHaveLength(3)
  })

  it('is brought up to date when it is of an earlier version', async () => {
    await addRows(2)
    const old = new Sqlite(site.database)
    old.exec(`drop index journal_reference; delete from kysely_migration where name = '0000'`)
    old.close()
    await backUpTo({ database: site.database, file: backup() })
    await rm(site.database)
    expect(await restore()).toMatchObject({ kind: 'restored' })
    await (await openSite()).storage.close()
  })
})

describe('a database found damaged in use', () => {
  it('is not used by the next start', async () => {
    await addRows(3)
    await spoilPage(site.database, 'operator')
    const { storage } = await openSite()
    const read = storage.read((db) => db.selectFrom('operator').selectAll().execute())
    await expect(read).rejects.toMatchObject({ kind: 'corrupt' })
    await storage.close()
    await expect(openSite()).rejects.toMatchObject({ kind: 'corrupt' })
    expect(await isSound(site.database)).toBe(false)
  })
})

describe('a database that has gone', () => {
  it.each([
    ['deleted', () => rm(site.database)],
    ['emptied', () => truncate(site.database, 0)],
  ])('%s, is not made anew', async (_, lose) => {
    await addRows(3)
    await lose()
    const before = await contents()
    await expect(openSite()).rejects.toMatchObject({ kind: 'missing-database' })
    expect(await contents()).toEqual(before)
  })

  it('is not made anew beside its backups, even without the sign that there was one', async () => {
    await addRows(3)
    const daily = path.join(site.backups, 'comptoir-2027-03-03.db')
    await mkdir(site.backups)
    await backUpTo({ database: site.database, file: daily })
    await rm(site.database)
    await rm(`${site.database}.usage`)
    await expect(openSite()).rejects.toMatchObject({ kind: 'missing-database' })
    expect(await restore('start', daily)).toMatchObject({ kind: 'restored', head: { seq: 3 } })
    await (await openSite()).storage.close()
  })

  it('is made where nothing says that there was one', async () => {
    await (await openSite()).storage.close()
    expect(await readdir(site.dataDir)).toEqual(['comptoir.db', 'comptoir.db.usage'])
  })
})

describe('a restoration', () => {
  it('by a command sets a sound database aside, and says who asked for it', async () => {
    await tenAndFive()
    const head = readJournal(site.dataDir).rows.at(-1)
    // As of a counter whose account is not the one that restores.
    await chmod(site.database, 0o660)
    if (isRoot) await chown(site.database, 1234, 1235)
    const { uid, gid, mode } = statSync(site.database)
    expect(await restore('command')).toMatchObject({ kind: 'restored' })
    expect(statSync(site.database)).toMatchObject({ uid, gid, mode })
    const aside = (await readdir(site.dataDir)).find((name) => name.includes('remplacee-')) ?? ''
    expect(readJournal(site.dataDir, aside).verdict).toEqual({ ok: true, rows: 15 })
    expect(readJournal(site.dataDir).rows.at(-1)?.details).toMatchObject({
      by: 'command',
      osAccount: 'test',
      oldHead: { seq: 15, hash: head?.hash },
    })
  })

  it('is refused while any program has the database, damaged or not, and whatever became of that program', async () => {
    await tenAndFive()
    const child = spawn(process.execPath, [user, site.dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child.stdout, 'data')
    const before = await contents()
    expect(await restore('command')).toEqual({ kind: 'in-use' })
    await spoilHeader(site.database)
    expect(await restore()).toEqual({ kind: 'in-use' })
    expect([...(await contents()).keys()]).toEqual([...before.keys()])
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await restore()).toMatchObject({ kind: 'restored' })
  })

  it.runIf(mounts || !isRoot)(
    'is refused where it cannot be seen whether anybody has the database',
    async () => {
      await tenAndFive()
      const { storage, journal } = await openSite()
      const undo = await makeFileReadOnly(`${site.database}.usage`)
      try {
        await expect(restore('command')).rejects.toMatchObject({ kind: 'read-only' })
        await writeRows({ journal }, 1)
      } finally {
        await storage.close()
        await undo()
      }
      expect(readJournal(site.dataDir).verdict).toEqual({ ok: true, rows: 16 })
    },
  )

  it.runIf(isRoot)(
    'is left to the account of the counter, whoever was the first to open its database',
    async () => {
      await addRows(1)
      await chown(site.database, 1234, 1235)
      await chmod(site.database, 0o660)
      await (await openSite()).storage.close()
      const { uid, gid, mode } = statSync(site.database)
      expect(statSync(`${site.database}.usage`)).toMatchObject({ uid, gid, mode })
    },
  )

  it('beside a sign that is not ours says nothing of the database', async () => {
    await tenAndFive()
    await writeFile(`${site.database}.usage`, 'Officine du Test\n'.repeat(500))
    await expect(openSite()).rejects.toMatchObject({ kind: 'unavailable' })
    await expect(restore('command')).rejects.toMatchObject({ kind: 'unavailable' })
    await rm(`${site.database}.usage`)
    await (await openSite()).storage.close()
  })

  it('of a backup that is not sound, or of a more recent version, changes nothing', async () => {
    await tenAndFive()
    const newer = path.join(site.dataDir, 'newer.db')
    await copyFile(backup(), newer)
    const sqlite = new Sqlite(newer)
    sqlite.exec("insert into kysely_migration values ('9999-future', '2030-01-01T00:00:00.000Z')")
    sqlite.close()
    await spoilHeader(backup())
    const before = await contents()
    for (const file of [backup(), newer, path.join(site.dataDir, 'absent.db')]) {
      expect(await restore('command', file)).toEqual({ kind: 'not-sound' })
    }
    expect(await contents()).toEqual(before)
  })

  it.runIf(mounts || !isRoot)('in a read-only folder changes nothing', async () => {
    await tenAndFive()
    const before = await contents()
    const undo = await makeReadOnly(site.dataDir)
    try {
      await expect(restore('command')).rejects.toMatchObject({ kind: 'read-only' })
    } finally {
      await undo()
    }
    expect(await contents()).toEqual(before)
  })

  it.runIf(mounts)('on a full disk changes nothing', async () => {
    await addRows(600)
    await backUpTo({ database: site.database, file: backup() })
    const disk = await mountSmallDisk('512k')
    onTestFinished(disk.unmount)
    const small = path.join(disk.folder, 'comptoir.db')
    await copyFile(site.database, small)
    await spoilHeader(small)
    const before = await readFile(small, 'base64')
    const restored = restoreBackup({
      database: small,
      backup: backup(),
      present: 'abimee',
      by: { by: 'start' },
      keptHead: null,
    })
    await expect(restored).rejects.toMatchObject({ kind: 'full' })
    expect(await readFile(small, 'base64')).toBe(before)
    expect((await readdir(disk.folder)).sort()).toEqual(['comptoir.db', 'comptoir.db.usage'])
  })
})
