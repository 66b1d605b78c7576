import { chmod, copyFile, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readJournal } from '../../e2e/support/journal.ts'
import { createJournal } from '../journal/journal.ts'
import { backUpDaily } from '../storage/backup.ts'
import { settableClock } from '../storage/testing/engines.ts'
import { isRoot, makeReadOnly, mayMount, mountSmallDisk } from '../storage/testing/mount.ts'
import { backUpTo, backUpToday, findOffer, isChained } from './backups.ts'
import { addRows, openSite, site, spoilHeader, spoilPage, useSite } from './testing/site.ts'

const mounts = await mayMount()
const writer = fileURLToPath(new URL('../storage/testing/writer.ts', import.meta.url))
useSite()

function startWriter() {
  const child = spawn(process.execPath, [writer, site.dataDir, '1000000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { child, lines: createInterface(child.stdout) }
}

const on = (day: string, folder = site.backups) =>
  backUpDaily({ database: site.database, folder, now: new Date(`${day}T12:00:00`), isChained })
const fileOf = (day: string): string => path.join(site.backups, `comptoir-${day}.db`)

describe('the daily backup', () => {
  it('is a sound database by itself, that only its owner reads', async () => {
    await addRows(20)
    expect(await on('2027-03-03')).toMatchObject({ head: { seq: 20 }, file: fileOf('2027-03-03') })
    expect(await readdir(site.backups)).toEqual(['comptoir-2027-03-03.db'])
    const { mode } = await stat(fileOf('2027-03-03'))
    expect(mode & 0o777).toBe(0o600)
    expect((await stat(site.backups)).mode & 0o777).toBe(0o700)
    expect(readJournal(site.backups, 'comptoir-2027-03-03.db').verdict).toEqual({ ok: true, rows: 20 })
    // Reading it leaves nothing beside it.
    expect(await readdir(site.backups)).toEqual(['comptoir-2027-03-03.db'])
  })

  it('is made once a day, and rotated', async () => {
    await addRows(1)
    for (let day = 1; day <= 28; day++) {
      expect(await on(`2027-02-${String(day).padStart(2, '0')}`)).not.toBeNull()
    }
    expect(await on('2027-02-28')).toBeNull()
    const last = ['22', '23', '24', '25', '26', '27', '28']
    const weekly = ['07', '14', '21']
    expect(await readdir(site.backups)).toEqual(
      [...weekly, ...last].map((day) => `comptoir-2027-02-${day}.db`),
    )
  })

  it('touches no file that it has not made', async () => {
    await addRows(1)
    await mkdir(site.backups)
    const others = ['comptoir-2020-01-01.db.zip', 'notes.txt', 'copie de comptoir-2020-01-01.db']
    for (const name of others) await writeFile(path.join(site.backups, name), 'x')
    for (let day = 1; day <= 20; day++) await on(`2027-02-${String(day).padStart(2, '0')}`)
    expect(await readdir(site.backups)).toEqual(expect.arrayContaining(others))
  })

  it('takes the place of one of that day that was made when the clock was ahead', async () => {
    const records = await openSite()
    const append = (day: string) =>
      createJournal({ ...records, clock: settableClock(`${day}T11:00:00`), workstation: 'w' }).append({
        kind: 'program.started',
        outcome: 'done',
        details: { version: day },
      })
    await append('2027-03-05')
    expect(await on('2027-03-05')).toMatchObject({ head: { seq: 1 } })
    await append('2027-03-01')
    expect(await on('2027-03-01')).toMatchObject({ head: { seq: 2 } })
    await append('2027-03-05')
    expect(await on('2027-03-05')).toMatchObject({ head: { seq: 3 }, file: fileOf('2027-03-05') })
    expect(await readdir(site.backups)).toEqual(
      ['2027-03-01', '2027-03-05'].map((day) => `comptoir-${day}.db`),
    )
    await records.storage.close()
  })

  it('of two programs at once is one', async () => {
    await addRows(50)
    const made = await Promise.all([on('2027-03-03'), on('2027-03-03')])
    expect(made.filter((backup) => backup !== null)).toHaveLength(1)
    expect(await readdir(site.backups)).toEqual(['comptoir-2027-03-03.db'])
  })

  it('made while another program writes holds all of its rows up to one', async () => {
    const database = path.join(site.dataDir, 'test.db')
    const { child, lines } = startWriter()
    let written = 0
    const enough = new Promise<void>((resolve) => {
      lines.on('line', () => {
        written += 1
        if (written === 500) resolve()
      })
    })
    await enough
    const [before, begun] = [written, performance.now()]
    const backup = await backUpToday({ database, folder: site.backups })
    const [after, took] = [written, performance.now() - begun]
    child.kill('SIGKILL')
    await once(child, 'exit')
    const [name = ''] = await readdir(site.backups)
    expect(readJournal(site.backups, name).verdict).toEqual({ ok: true, rows: backup?.upTo })
    expect(backup?.upTo).toBeGreaterThanOrEqual(before)
    // It went on writing meanwhile, unless all was over at once.
    if (took > 100) expect(after).toBeGreaterThan(before)
  })

  it('of a damaged database is not kept, and lets go of no other', async () => {
    await addRows(500)
    for (let day = 1; day <= 7; day++) await on(`2027-02-0${day}`)
    const before = await readdir(site.backups)
    await spoilPage(site.database)
    await expect(on('2027-02-20')).rejects.toMatchObject({ kind: 'corrupt' })
    expect(await readdir(site.backups)).toEqual(before)
  })

  it('of a journal whose last row was changed is not kept', async () => {
    await addRows(3)
    const sqlite = new Sqlite(site.database)
    sqlite.exec("drop trigger journal_no_update; update journal set kind = 'x' where seq = 3")
    sqlite.close()
    await expect(on('2027-02-20')).rejects.toMatchObject({ kind: 'corrupt' })
    expect(await readdir(site.backups)).toEqual([])
  })

  it('of a journal cut down to its last row is sound', async () => {
    await addRows(3)
    const sqlite = new Sqlite(site.database)
    sqlite.exec(`insert into journal_checkpoint select seq, hash, at from journal where seq = 2;
      delete from journal where seq <= 2`)
    sqlite.close()
    expect(await on('2027-02-20')).toMatchObject({ head: { seq: 3 } })
  })

  it('in a folder that is not there is « missing-folder », and none is made', async () => {
    await addRows(1)
    const folder = path.join(site.dataDir, 'disque', 'poste')
    await expect(on('2027-02-20', folder)).rejects.toMatchObject({ kind: 'missing-folder' })
    await expect(stat(path.dirname(folder))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it.runIf(mounts || !isRoot)('in a read-only folder is « read-only »', async () => {
    await addRows(1)
    await mkdir(site.backups)
    const undo = await makeReadOnly(site.backups)
    try {
      await expect(on('2027-02-20')).rejects.toMatchObject({ kind: 'read-only' })
    } finally {
      await undo()
    }
  })

  it.runIf(mounts)('on a disk without room is « full » before it fills it', async () => {
    await addRows(1500)
    const disk = await mountSmallDisk('1m')
    onTestFinished(disk.unmount)
    const folder = path.join(disk.folder, 'sauvegardes')
    await expect(on('2027-02-20', folder)).rejects.toMatchObject({ kind: 'full' })
    expect(await readdir(folder)).toEqual([])
  })

  it.runIf(mounts)('on a disk that fills meanwhile is « full », and leaves nothing', async () => {
    await addRows(1500)
    const disk = await mountSmallDisk('256k')
    onTestFinished(disk.unmount)
    const file = path.join(disk.folder, 'copie.db')
    await expect(backUpTo({ database: site.database, file })).rejects.toMatchObject({ kind: 'full' })
    expect(await readdir(disk.folder)).toEqual([])
  })
})

describe('a backup to a file', () => {
  it('takes the place of no other', async () => {
    await addRows(2)
    const file = path.join(site.dataDir, 'copie.db')
    expect(await backUpTo({ database: site.database, file })).toMatchObject({ upTo: 2 })
    await addRows(1)
    const before = await readFile(file, 'base64')
    expect(await backUpTo({ database: site.database, file })).toBeNull()
    expect(await readFile(file, 'base64')).toBe(before)
  })
})

describe('the backup that is offered', () => {
  it('is the newest that is sound, with what would be missing', async () => {
    await addRows(400)
    await on('2027-03-01')
    const at = readJournal(site.dataDir).rows.at(-1)?.at
    await addRows(5)
    await on('2027-03-02')
    await on('2027-03-03')
    await spoilPage(fileOf('2027-03-02'))
    await spoilHeader(fileOf('2027-03-03'))
    const newer = fileOf('2027-03-04')
    await copyFile(fileOf('2027-03-01'), newer)
    const sqlite = new Sqlite(newer)
    sqlite.exec("insert into kysely_migration values ('9999-future', '2030-01-01T00:00:00.000Z')")
    sqlite.close()
    expect(await findOffer(site.database, site.backups)).toEqual({
      file: fileOf('2027-03-01'),
      workstation: expect.any(String),
      at,
      missingRows: 5,
    })
  })

  it('is of a day to come only where there is no other', async () => {
    await addRows(1)
    await on('2099-03-05')
    await on('2099-03-04')
    expect(await findOffer(site.database, site.backups)).toMatchObject({ file: fileOf('2099-03-05') })
    await addRows(1)
    await on('2026-01-02')
    await on('2026-01-03')
    expect(await findOffer(site.database, site.backups)).toMatchObject({ file: fileOf('2026-01-03') })
  })

  it('says that what is missing is not known when the database cannot be read any more', async () => {
    await addRows(3)
    await on('2027-03-01')
    await spoilHeader(site.database)
    expect(await findOffer(site.database, site.backups)).toMatchObject({ missingRows: null })
  })

  it('is none where there is no backup, none sound, or no folder', async () => {
    await addRows(1)
    expect(await findOffer(site.database, site.backups)).toBeNull()
    await on('2027-03-01')
    await chmod(fileOf('2027-03-01'), 0o600)
    await writeFile(fileOf('2027-03-01'), 'x')
    expect(await findOffer(site.database, site.backups)).toBeNull()
  })
})
