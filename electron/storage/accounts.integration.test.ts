import { spawnSync } from 'node:child_process'
import { chmod, lchown, link, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readJournal } from '../../e2e/support/journal.ts'
import { systemClock } from '../clock.ts'
import { openToSameAccounts, openToWritersOf } from './accounts.ts'
import { backUpDaily } from './backup.ts'
import { openHeld } from './in-use.ts'
import { openStorage } from './open.ts'
import { markDamaged } from './restore.ts'
import { StorageError } from './storage-error.ts'
import { temporaryFolder } from './testing/engines.ts'

const writer = fileURLToPath(new URL('testing/writer.ts', import.meta.url))
const isRoot = process.getuid?.() === 0
const url = 'sqlite:test.db'

let dataDir: string
beforeEach(async () => {
  dataDir = await temporaryFolder()
})
afterEach(() => rm(dataDir, { recursive: true }))

const file = (name = 'test.db'): string => path.join(dataDir, name)
const modeOf = async (place: string): Promise<string> => ((await stat(place)).mode & 0o777).toString(8)

const opened = () => openHeld(file(), () => openStorage({ url, dataDir, clock: systemClock }))

/** One row, written by a program of this account, whose shell keeps everything to itself. */
function writeAs(account: number): { code: number | null; said: string } {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', 'umask 077; exec "$0" "$@"', process.execPath, writer, dataDir, '1'],
    {
      uid: account,
      gid: account,
      encoding: 'utf8',
    },
  )
  return { code: status, said: stderr }
}

describe.runIf(isRoot)('the accounts of one workstation', () => {
  beforeEach(() => chmod(dataDir, 0o777))

  it.each([
    [1001, 1002, 0],
    [0, 1001, 1002],
    [1001, 0, 1002],
  ])('write one database after each other: %d, %d, then %d', async (...accounts) => {
    for (const account of [...accounts, ...accounts]) {
      expect(writeAs(account), String(account)).toEqual({ code: 0, said: '' })
      expect(await modeOf(file())).toBe('666')
    }
    expect(readJournal(dataDir, 'test.db').verdict).toEqual({ ok: true, rows: 6 })
  })

  it.each(['test.db', 'test.db.usage'])(
    'have nothing made, nor changed, where a link of another leads: %s',
    async (name) => {
      const elsewhere = await temporaryFolder()
      const theirs = path.join(elsewhere, 'theirs.db')
      try {
        await symlink(theirs, file(name))
        await lchown(file(name), 1001, 1001)
        await expect(opened()).rejects.toThrow(StorageError)
        expect(await readdir(elsewhere)).toEqual([])

        new Sqlite(theirs).exec('create table theirs (a)').close()
        const before = await readFile(theirs)
        await opened().then(
          (storage) => storage.close(),
          () => undefined,
        )
        expect(await readFile(theirs)).toEqual(before)
      } finally {
        await rm(elsewhere, { recursive: true })
      }
    },
  )

  it('have its backups, and the sign that it is there', async () => {
    expect(writeAs(1001).code).toBe(0)
    await (await opened()).close()
    expect(await modeOf(file('test.db.usage'))).toBe('666')
    const folder = file('sauvegardes')
    const database = file()
    await backUpDaily({ folder, database, isChained: () => true, now: new Date('2026-11-23T10:00:00') })
    expect(await modeOf(folder)).toBe('777')
    expect(await modeOf(path.join(folder, 'comptoir-2026-11-23.db'))).toBe('666')
  })
})

describe('what is made in the data folder', () => {
  it.each([
    [0o700, '600', '700'],
    [0o755, '600', '700'],
    [0o770, '660', '770'],
    [0o775, '660', '770'],
    [0o777, '666', '777'],
  ])('belongs to who may write there: %o', async (mode, ofFile, ofFolder) => {
    await chmod(dataDir, mode)
    await writeFile(file(), '', { mode: 0o640 })
    await mkdir(file('sauvegardes'), { mode: 0o750 })
    await openToWritersOf(dataDir, file())
    await openToWritersOf(dataDir, file('sauvegardes'))
    expect([await modeOf(file()), await modeOf(file('sauvegardes'))]).toEqual([ofFile, ofFolder])
  })

  it.runIf(process.platform === 'linux')('is not what a link leads to', async () => {
    await chmod(dataDir, 0o777)
    const elsewhere = await temporaryFolder()
    try {
      const theirs = path.join(elsewhere, 'theirs')
      await writeFile(theirs, 'theirs', { mode: 0o600 })
      await symlink(theirs, file('by-name'))
      await link(theirs, file('by-number'))
      for (const place of [file('by-name'), file('by-number')]) {
        await expect(openToWritersOf(dataDir, place)).rejects.toThrow('a link stands')
        await expect(openToSameAccounts(place, dataDir)).rejects.toThrow('a link stands')
      }
      await symlink(theirs, file('test.db.abimee'))
      await markDamaged(file())
      expect([await modeOf(theirs), (await stat(theirs)).size, await readdir(elsewhere)]).toEqual([
        '600',
        6,
        ['theirs'],
      ])
    } finally {
      await rm(elsewhere, { recursive: true })
    }
  })
})
